#ifndef CPREFETCH_H
#define CPREFETCH_H

/// Asks for the cache line at an address, which need not be valid, and does not wait for it.
static inline void cprefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/// The same for a line that is perhaps written: other processors give up theirs at once, so that a
/// write does not wait for that. Compilers for x86-64 in general do not use the instruction, which
/// does nothing on the oldest ones.
static inline void cprefetchw(const void *address) {
#if defined(__x86_64__)
  __asm__ volatile("prefetchw %0" : : "m"(*(const char *)address));
#else
  __builtin_prefetch(address, 1, 3);
#endif
}

/// Tells the processor that this is a loop that waits for another one.
static inline void cpause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
