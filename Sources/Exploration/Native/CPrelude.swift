/// What every translation unit begins with.
///
/// No headers, no library: a compiler is all that is needed. The functions for channels are those
/// of `Machine+Channels.swift`; the odometer is that of `Machine+Rare.swift`. The warnings that are
/// off are about code that a person would not write, but a random program may.
enum CPrelude {
  static let text = types + words + choices + partial + fields + cells + answers

  private static let types = """
    #pragma GCC diagnostic ignored "-Wtautological-compare"
    #ifndef __clang__
    #pragma GCC diagnostic ignored "-Wbool-compare"
    #pragma GCC diagnostic ignored "-Wbool-operation"
    #pragma GCC diagnostic ignored "-Wint-in-bool-context"
    #pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
    #endif
    typedef __INT32_TYPE__ i32;
    typedef __INT64_TYPE__ i64;
    typedef __UINT64_TYPE__ u64;
    #define UNUSED __attribute__((unused))
    #define RARE UNUSED __attribute__((noinline))
    #define EXPORT __attribute__((visibility("default")))
    #define MACHINE (-1)
    #define ROOM (-2)
    #define LIKELY(x) __builtin_expect(!!(x), 1)
    #define UNLIKELY(x) __builtin_expect(!!(x), 0)
    typedef struct {
     u64 *words, *hashes; i32 *actions; i64 limit;
     unsigned char *fired; u64 *taken; i64 enabled, ways_left;
    } Output;
    typedef struct { u64 mask; i64 bias; i32 word, shift; } Slot;
    typedef struct { i64 value, rest, base; i32 choice; } Way;
    typedef struct { i64 cells[512], seen[2048]; i32 used, known; } Log;

    """

  private static let words = """
    static inline UNUSED u64 mix(u64 x) {
     x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9UL;
     x = (x ^ x >> 27) * 0x94d049bb133111ebUL;
     return x ^ x >> 31;
    }
    static inline UNUSED u64 bits(const u64 *w, const Slot *t) {
     return w[t->word] >> t->shift & t->mask;
    }
    static inline UNUSED i64 value(const u64 *w, const Slot *t) {
     return (i64)bits(w, t) + t->bias;
    }
    static inline UNUSED void set_bits(u64 *w, const Slot *t, u64 x) {
     w[t->word] = (w[t->word] & ~(t->mask << t->shift)) | (x & t->mask) << t->shift;
    }
    static inline UNUSED void set_value(u64 *w, const Slot *t, i64 x) {
     set_bits(w, t, (u64)(x - t->bias));
    }
    static inline UNUSED i64 quotient(i64 x, i64 y) {
     return y == 0 ? x : y == -1 ? (i64)(0 - (u64)x) : x / y;
    }
    static inline UNUSED i64 modulo(i64 x, i64 y) { return y == 0 ? x : y == -1 ? 0 : x % y; }
    static inline UNUSED i64 population(u64 x) {
     x -= x >> 1 & 0x5555555555555555UL;
     x = (x & 0x3333333333333333UL) + (x >> 2 & 0x3333333333333333UL);
     x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fUL;
     return (i64)(x * 0x0101010101010101UL >> 56);
    }
    static inline UNUSED i64 trailing(u64 x) { return x ? __builtin_ctzl(x) : 64; }

    """

  private static let choices = """
    static inline UNUSED void mark(Output *o, i64 choice, i64 x) {
     if ((u64)x < 256) o->taken[choice * 4 + (x >> 6)] |= 1UL << (x & 63);
    }
    static RARE void mark_all(Output *o, const Way *ways, int count) {
     for (int i = 0; i < count; i++) {
      if (ways[i].choice == 0x7fffffff) continue;
      mark(o, ways[i].choice < 0 ? ~ways[i].choice : ways[i].choice, ways[i].value);
     }
    }
    static inline UNUSED int advance(Way *way) {
     if (way->choice < 0) {
      if (way->rest == 0) return 0;
      way->value = __builtin_ctzl((u64)way->rest) + way->base;
      way->rest &= way->rest - 1;
      return 1;
     }
     if (way->value >= way->rest) return 0;
     way->value++;
     return 1;
    }

    """

  /// Messages that got out, sorted, in records of one length; and the variants seen: see
  /// `PartialSends`. Lists: length, then a 0 for choices that completed or a 1 for a variant, then
  /// the values.
  private static let partial = """
    static RARE int log_send(Log *log, i64 stride, i64 channel, i64 n, const i64 *x) {
     i64 record[512];
     if (stride > 512 || (log->used + 1) * stride > 512) return 0;
     record[0] = channel;
     for (i64 c = 1; c < stride; c++) record[c] = c <= n ? x[c - 1] : 0;
     i64 place = log->used++;
     for (; place > 0; place--) {
      i64 *last = log->cells + (place - 1) * stride, c = 0;
      while (c < stride && last[c] == record[c]) c++;
      if (c == stride || last[c] < record[c]) break;
      for (c = 0; c < stride; c++) last[stride + c] = last[c];
     }
     for (i64 c = 0; c < stride; c++) log->cells[place * stride + c] = record[c];
     return 1;
    }
    static RARE int is_seen(const Log *log, const i64 *key, i64 n) {
     for (i64 at = 0; at < log->known; at += log->seen[at] + 1) {
      i64 c = 0;
      if (log->seen[at] != n) continue;
      while (c < n && log->seen[at + 1 + c] == key[c]) c++;
      if (c == n) return 1;
     }
     return 0;
    }
    static RARE int learn(Log *log, const i64 *key, i64 n) {
     if (log->known + n + 1 > 2048) return 0;
     log->seen[log->known++] = n;
     for (i64 c = 0; c < n; c++) log->seen[log->known++] = key[c];
     return 1;
    }
    static RARE int admit(Log *log, i64 stride, const Way *ways, int count) {
     i64 key[640], n = 2;
     int is_full = 1;
     for (int i = 0; i < count; i++) {
      if (ways[i].choice != 0x7fffffff) key[n++] = ways[i].value;
      else if (ways[i].value) is_full = 0;
     }
     key[0] = 0;
     key[1] = n - 2;
     if (!is_seen(log, key, n)) {
      if (!is_full) return 0;
      if (!learn(log, key, n)) return MACHINE;
     }
     key[0] = 1;
     for (i64 c = 0; c < log->used * stride; c++) key[n++] = log->cells[c];
     if (is_seen(log, key, n)) return 0;
     return learn(log, key, n) ? 1 : MACHINE;
    }

    """

  private static let fields = """
    static RARE void insert_field(u64 *w, const Slot *t, i64 length, u64 entry, int is_bag) {
     i64 place = length;
     if (is_bag) while (place > 0 && bits(w, t + place - 1) > entry) place--;
     for (i64 i = length; i > place; i--) set_bits(w, t + i, bits(w, t + i - 1));
     set_bits(w, t + place, entry);
    }
    static RARE void remove_field(u64 *w, const Slot *t, i64 length, i64 index) {
     for (i64 i = index; i < length - 1; i++) set_bits(w, t + i, bits(w, t + i + 1));
     set_bits(w, t + length - 1, 0);
    }
    static RARE void copy_field(u64 *w, const Slot *t, i64 length, i64 index) {
     for (i64 i = length; i > index; i--) set_bits(w, t + i, bits(w, t + i - 1));
    }

    """

  /// As `OracleReader` fills the tables.
  private static let answers = """
    static inline UNUSED i64 answer(const u64 *answers, i64 place, const u64 *set, i64 n) {
     u64 hash = 0;
     for (i64 c = 0; c < n; c++) hash = (hash ^ set[c]) * \(CLiteral.unsigned(MemberPlan.factor));
     const u64 *entry = answers + place + (i64)(hash >> \(64 - MemberPlan.tableBits)) * (n + 1);
     for (i64 c = 0; c < n; c++) if (entry[c] != set[c]) return MACHINE;
     if (entry[n] != 1 && entry[n] != 2) return MACHINE;
     return entry[n] == 2;
    }
    static inline UNUSED i64 direct_answer(const u64 *answers, i64 place, u64 set) {
     u64 known = answers[place + 2 * (i64)set + 1];
     return known == 1 || known == 2 ? known == 2 : MACHINE;
    }

    """

  private static let cells = """
    static RARE int is_equal(const u64 *w, const Slot *t, i64 n, i64 a, i64 b) {
     for (i64 c = 0; c < n; c++)
      if (bits(w, t + a * n + c) != bits(w, t + b * n + c)) return 0;
     return 1;
    }
    static RARE int is_greater(const u64 *w, const Slot *t, i64 n, const i64 *x) {
     for (i64 c = 0; c < n; c++) {
      u64 here = bits(w, t + c), there = (u64)(x[c] - t[c].bias);
      if (here != there) return here > there;
     }
     return 0;
    }
    static RARE void insert_cells(
      u64 *w, const Slot *t, i64 n, i64 length, const i64 *x, int is_bag) {
     i64 place = length;
     if (is_bag) while (place > 0 && is_greater(w, t + (place - 1) * n, n, x)) place--;
     for (i64 c = length * n - 1; c >= place * n; c--) set_bits(w, t + c + n, bits(w, t + c));
     for (i64 c = 0; c < n; c++) set_value(w, t + place * n + c, x[c]);
    }
    static RARE void remove_cells(u64 *w, const Slot *t, i64 n, i64 length, i64 index) {
     for (i64 c = index * n; c < (length - 1) * n; c++) set_bits(w, t + c, bits(w, t + c + n));
     for (i64 c = (length - 1) * n; c < length * n; c++) set_bits(w, t + c, 0);
    }
    static RARE void copy_cells(u64 *w, const Slot *t, i64 n, i64 length, i64 index) {
     for (i64 c = length * n - 1; c >= index * n; c--) set_bits(w, t + c + n, bits(w, t + c));
    }

    """
}
