//! One bidirectional recurrent layer (LSTM): reads a window of vectors left to right and right to left and puts both answers
//! side by side.

use super::matrix::{Matrix, Rounded};

/// One direction: gates in the order input, forget, cell, output.
#[derive(Debug)]
pub(super) struct Direction {
    /// From the layer's input to the four gates, with both biases.
    pub input: Matrix,
    /// From the state before to the four gates.
    pub state: Matrix,
}

/// Both directions of a layer.
#[derive(Debug)]
pub(super) struct Layer {
    pub ahead: Direction,
    pub back: Direction,
}

impl Layer {
    /// Answers for `inputs`, one row after another: the state from the left, then the state from the right.
    pub fn read(&self, inputs: &[Rounded]) -> Vec<f32> {
        let hidden = self.ahead.state.rows() / 4;
        let mut out = vec![0.0; inputs.len() * 2 * hidden];
        let mut rows: Vec<&mut [f32]> = out.chunks_exact_mut(2 * hidden).collect();
        self.ahead
            .run(inputs.iter().zip(rows.iter_mut().map(|r| &mut r[..hidden])));
        self.back
            .run(inputs.iter().zip(rows.iter_mut().map(|r| &mut r[hidden..])).rev());
        out
    }
}

impl Direction {
    fn run<'a>(&self, steps: impl Iterator<Item = (&'a Rounded, &'a mut [f32])>) {
        let hidden = self.state.rows() / 4;
        let (mut gates, mut cell) = (vec![0.0; 4 * hidden], vec![0.0; hidden]);
        let mut state = Rounded::default();
        state.set(&cell);
        for (x, out) in steps {
            self.input.apply(x, &mut gates);
            self.state.add(&state, &mut gates);
            step(&mut gates, &mut cell, out);
            state.set(out);
        }
    }
}

fn step(gates: &mut [f32], cell: &mut [f32], out: &mut [f32]) {
    let n = cell.len();
    let (input, rest) = gates.split_at_mut(n);
    let (forget, rest) = rest.split_at_mut(n);
    let (fresh, output) = rest.split_at_mut(n);
    for gate in [&mut *input, &mut *forget, &mut *output] {
        for v in gate {
            *v = 0.5 + 0.5 * tanh(0.5 * *v);
        }
    }
    for v in &mut *fresh {
        *v = tanh(*v);
    }
    for (((cell, input), forget), fresh) in cell.iter_mut().zip(input).zip(forget).zip(fresh) {
        *cell = *forget * *cell + *input * *fresh;
    }
    for ((out, cell), output) in out.iter_mut().zip(cell).zip(output) {
        *out = *output * tanh(*cell);
    }
}

/// The hyperbolic tangent to six digits: a quotient of two polynomials (the minimax fit that the Eigen library uses), free of
/// branches, so that the compiler can do several at once.
pub(super) fn tanh(x: f32) -> f32 {
    const ABOVE: [f32; 7] = [
        -2.760_768_5e-16,
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297_1e-8,
        1.485_722_4e-5,
        6.372_619e-4,
        4.893_524_6e-3,
    ];
    const BELOW: [f32; 4] = [1.198_258_4e-6, 1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3];
    let x = x.clamp(-7.9, 7.9);
    let square = x * x;
    let at = |terms: &[f32]| terms.iter().fold(0.0, |sum, term| sum * square + term);
    x * at(&ABOVE) / at(&BELOW)
}
