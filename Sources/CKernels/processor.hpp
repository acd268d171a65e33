// Loops marked FOR_EACH_PROCESSOR are compiled for several instruction sets, of which the processor's
// best is taken at load time; what is INLINED into them is too.
#pragma once

#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
#define INLINED inline __attribute__((always_inline))
