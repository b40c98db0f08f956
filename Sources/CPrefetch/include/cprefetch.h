#ifndef CPREFETCH_H
#define CPREFETCH_H

/// Asks for the cache line at an address, which need not be valid, and does not wait for it.
static inline void cprefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

/// Tells the processor that this is a loop that waits for another one.
static inline void cpause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
