/// What `espalier new` prints: suites that run as they are, with every key explained.
package enum SuiteTemplate {
  /// An ablation suite on the embedded digits.
  package static let ablation = TemplateLists.filled(
    """
    # An ablation suite: does a pruning method need its own mask and its own weights?
    # Lines that may be left out show their default, unless they say otherwise.

    analysis: ablation

    # The report opens with this question and its answer. Any text.
    question: Do the scores of pruning at initialization matter beyond each layer's density?

    # Root of every random draw: the same seed gives the same bits on the same machine.
    seed: 1

    # Independent draws of initialization and data order; differences are paired within a replicate.
    replicates: 5

    # Needed. Fully connected, ReLU: lenet- and the units of each hidden layer. Convolutional: lenet-5,
    # conv-2|4|6, resnet-20 (or resnet-20-8: 8 channels at first), wrn-16-8, vgg-11|13|16|19,
    # vgg19-imagenet, resnet-18, resnet-50; or your own layers, from input to logits:
    #   network:
    #     layers:
    #       - conv: {outputs: 16, kernel: 3, stride: 1, padding: 1, bias: false}
    #       - batch-norm
    #       - relu
    #       - residual: {body: [{conv: {outputs: 16, kernel: 3}}, relu], shortcut: []}
    #       - max-pool: 2        # or average-pool
    #       - global-average-pool  # or flatten
    #       - linear
    network: lenet-300-100

    # Needed. A name, or a mapping such as {name: images, folder: tiny-imagenet-200}. Files are found
    # by --data DIR or ESPALIER_DATA; `espalier data fetch` downloads the published ones.
    # {datasets}
    dataset:
      name: digits
      # Training examples held out, for the early-stopping step and `split: validation`.
      validation: 144
      # Inputs are (byte / full-scale - mean) / standard-deviation; one value, or one per channel.
      normalization: {full-scale: 16, mean: 0.3052, standard-deviation: 0.3760}
      # Training images are mirrored half of the time, and cut out at random after a black border of
      # `crop` pixels was put around them. The usual {flip: true, crop: 4} for CIFAR is no default.
      augmentation: {flip: false, crop: 0}

    # Weights: kaiming-normal, kaiming-uniform, glorot-normal, glorot-uniform, orthogonal,
    # signed-constant, kaiming-normal-fan-out or imagenet-vgg. Biases: zero or uniform. Batch norm's
    # scales: ones or uniform.
    initializer: {weights: kaiming-normal, biases: zero, batch-norm: ones}

    # Durations and steps are epochs, iterations or both: 8ep, 500it, 8ep500it.
    training:
      # {optimizers}
      optimizer: sgd
      learning-rate: 0.1
      momentum: 0
      nesterov: false
      weight-decay: 0
      batch-size: 128
      # Needed. Accuracy is always that of the last step.
      duration: 20ep
      # constant, {cosine: {final: 0}}, {steps: {at: [10ep, 15ep], factor: 0.1}}, or
      # {linear-decay: {from: 0.5, to: 0.9, final: 0.01}}: constant for half of training, then straight
      # down to a hundredth at nine tenths of it.
      schedule: constant
      # The learning rate rises from 0 over this time.
      warmup: 0it
      # Time between evaluations on the validation examples.
      evaluate-every: 1ep
      # float32, or bfloat16: activations and products in bfloat16, weights and optimizer in float32, in
      # training and evaluation; scores are never bfloat16. Needs a processor with AVX-512.
      precision: float32
      # cpu, or cuda for trainings on an NVIDIA GPU, with a CUDA build of libtorch; scores, and
      # everything between networks, are computed on the CPU.
      device: cpu

    # Needed. Fractions of the prunable weights that are kept: 0.1, 10%, 1/8, or powers such as 0.8^6.
    densities: [0.8^3, 0.8^6, 10%]

    # Needed. Names are yours. The short form is a criterion with the defaults of its paper.
    methods:
      # The field's baseline, and with `shuffle` the suite's null control.
      random: random
      # Criteria and their options, or a command (below):
      # {criteria}
      snip:
        criterion: snip
        # sum-then-absolute (its paper) or absolute-then-mean (absolute values per batch).
        reading: sum-then-absolute
        # The scoring set of criteria that read data: so many of every class, or `examples: 100` of
        # any class; in batches of `batch-size`. taylor-fo averages over batches.
        examples-per-class: 10
        batch-size: 256
        # Batch norm while scoring: identity (synflow), eval (obd) or train (the others).
        batch-norm: train
        # Rank all layers together (global), or each by itself: at one density (layerwise, also
        # called uniform), or at densities by its shape (erdos-renyi, erdos-renyi-kernel).
        scope: global
        # one-shot, {linear: 10} or {exponential: 100} iterations; scores are computed anew in each.
        schedule: one-shot
        # Prunable tensors to leave whole, by name, such as [fc.weight]; they do not count.
        exclude: []
        # The step of the dense network's training whose weights are scored: 0it, 2ep, ... or last.
        mask-from: 0it
        # The step whose weights the subnetwork trains on from, likewise.
        continue-from: 0it
        # The step at which the learning-rate schedule resumes; training then goes to its end. The
        # default is the step of `continue-from` (weight rewinding). With `continue-from: last` state
        # this (learning-rate rewinding), or in its place `fine-tune: 2ep` (that long at the
        # schedule's last learning rate).
        schedule-from: 0it
        # The ablations of this method, where they differ from the suite's (below).
        ablations: [shuffle, reinitialize, invert-global, invert-layerwise]
      grasp: {criterion: grasp, temperature: 200, absolute: false}
      # By default in 100 iterations, as in its paper.
      synflow: {criterion: synflow, schedule: {exponential: 100}}
      # Found on the trained network, trained again from its initialization: a lottery ticket.
      magnitude after training: {criterion: magnitude, mask-from: last}
      # Your own scores: a program run in this folder; the paths of a weights file, a batch file and
      # the scores file to write (all safetensors) are appended. Remove the marks to use it.
      # Editing the program computes its scores anew. The files that it reads or imports, and folders
      # of such files, count likewise once they are named:
      # `depends-on: [helpers.py, lib]` beside `timeout`.
      # mine: {criterion: {command: ["python3", "my_scores.py"], timeout: 60s}}
      # Masks made elsewhere: {replicate} counts from 1, {density} is written as 0.262144. They keep
      # what their density says, but for rounding, and have no scores to invert, so only shuffle and
      # reinitialize apply.
      # elsewhere: {masks: "masks/{replicate}-{density}.safetensors", ablations: [shuffle]}

    # What each method stands against; a list in the list is a combination.
    # {ablations}
    ablations: [shuffle, reinitialize, invert-global, invert-layerwise]

    # Also record the dense network's accuracy.
    dense: true

    # Fixed before the run. A difference within (-margin, margin) counts as none.
    statistics:
      # Accuracy points, 0.5 by default. One of the 357 test digits is 0.28 points, so take more here.
      margin: 1
      # Level of each one-sided test.
      alpha: 0.05
      # The split that decides: test or validation.
      split: test
      # The densities over which differences are averaged: all, or a list of some.
      primary-densities: all

    """)
}
