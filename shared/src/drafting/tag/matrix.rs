//! Matrices of eight-bit weights, one scale a row, and their product with a vector. Weights are widened to sixteen bits once and
//! vectors rounded to sixteen, so that the inner loop is the integer multiply-and-add every processor has.

/// Columns that are multiplied at a time.
const BLOCK: usize = 16;

/// A weight matrix with a bias.
#[derive(Debug)]
pub(super) struct Matrix {
    columns: usize,
    weights: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// A vector rounded to sixteen bits; `scale` times a value gives the number that it stands for.
#[derive(Debug, Default)]
pub(super) struct Rounded {
    values: Vec<i16>,
    scale: f32,
}

impl Rounded {
    /// Rounds `from`, keeping the largest magnitude at full scale.
    pub fn set(&mut self, from: &[f32]) {
        let largest = from.iter().fold(1e-6_f32, |m, v| m.max(v.abs()));
        self.scale = largest / 32_000.0;
        let by = 32_000.0 / largest;
        self.values.clear();
        #[expect(clippy::cast_possible_truncation, reason = "within ±32,000 by construction")]
        self.values
            .extend(from.iter().map(|v| (v * by + 0.5_f32.copysign(*v)) as i16));
    }
}

impl Matrix {
    /// A matrix of `columns` columns; `weights` row by row, one of `scales` and of `bias` for every row.
    pub fn new(columns: usize, weights: &[i8], scales: Vec<f32>, bias: Vec<f32>) -> Matrix {
        Matrix {
            columns,
            weights: weights.iter().map(|w| i16::from(*w)).collect(),
            scales,
            bias,
        }
    }

    pub const fn rows(&self) -> usize {
        self.scales.len()
    }

    /// out = weights · x + bias
    pub fn apply(&self, x: &Rounded, out: &mut [f32]) {
        out.copy_from_slice(&self.bias);
        self.add(x, out);
    }

    /// out += weights · x
    pub fn add(&self, x: &Rounded, out: &mut [f32]) {
        let rows = self.weights.chunks_exact(self.columns);
        for ((row, scale), out) in rows.zip(&self.scales).zip(out) {
            *out += dot(row, &x.values) * scale * x.scale;
        }
    }
}

/// The sum of products; exact, since 127 · 32,000 · 500 columns is below 2³¹. Blocks of a fixed length become multiply-and-add
/// instructions of pairs.
#[expect(clippy::cast_precision_loss, reason = "seven digits are more than the weights carry")]
fn dot(a: &[i16], b: &[i16]) -> f32 {
    let product = |(a, b): (&i16, &i16)| i32::from(*a) * i32::from(*b);
    let (a, a_rest) = a.as_chunks::<BLOCK>();
    let (b, b_rest) = b.as_chunks::<BLOCK>();
    let blocks: i32 = a
        .iter()
        .zip(b)
        .map(|(a, b)| a.iter().zip(b).map(product).sum::<i32>())
        .sum();
    (blocks + a_rest.iter().zip(b_rest).map(product).sum::<i32>()) as f32
}
