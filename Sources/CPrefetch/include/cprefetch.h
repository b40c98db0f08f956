#ifndef CPREFETCH_H
#define CPREFETCH_H

/// Asks for the cache line at an address, which need not be valid, and does not wait for it.
static inline void cprefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

#endif
