/* Single-decree Paxos with N acceptors, two ballots and two values, over a set of messages that
 * never shrinks, as Paxos.tla: L. Lamport, "Paxos made simple", SIGACT News 32 (4), 2001.
 *
 * A vote for value v in ballot b is coded 2 + 2 * b + v, none is 1: of two votes the larger code
 * has the higher ballot. An acceptor promises each ballot at most once, each ballot gets at most
 * one value, so these arrays say which messages were sent: asked (1a), promise (1b: 0 or the last
 * vote), proposal (2a: 0 or 1 + v), accepted (2b). Per acceptor: heard (1 + ballot, or 0), vote.
 * One d_step is one guarded command.
 */
#ifndef N
#define N 3
#endif
#if N != 3
#error "MAJORITY is for three acceptors"
#endif
#define BALLOTS 2

bit asked[BALLOTS], accepted[N * BALLOTS];
byte promise[N * BALLOTS], proposal[BALLOTS];

#define P(a, b) promise[(a) * BALLOTS + b]
#define LATEST(a, c, b) (P(a, b) > P(c, b) -> P(a, b) : P(c, b))
#define QUORUM(a, c, b, v) (P(a, b) && P(c, b) && \
  (LATEST(a, c, b) == 1 || LATEST(a, c, b) % 2 == v))
#define MAJORITY(b, v) (QUORUM(0, 1, b, v) || QUORUM(0, 2, b, v) || QUORUM(1, 2, b, v))

#define ASK(b) asked[b] = 1
#define PROPOSE(b, v) d_step { proposal[b] == 0 && MAJORITY(b, v) -> proposal[b] = 1 + v }
#define PROMISE(b) d_step { asked[b] && b + 1 > heard -> heard = b + 1; P(_pid, b) = vote }
#define ACCEPT(b) d_step { proposal[b] && b + 1 >= heard -> heard = b + 1; \
  vote = 1 + 2 * b + proposal[b]; accepted[_pid * BALLOTS + b] = 1 }

active [N] proctype acceptor() {
  unsigned heard : 2, vote : 3 = 1;

  do
  :: PROMISE(0)
  :: PROMISE(1)
  :: ACCEPT(0)
  :: ACCEPT(1)
  od
}

active proctype proposer() {
  do
  :: ASK(0)
  :: ASK(1)
  :: PROPOSE(0, 0)
  :: PROPOSE(0, 1)
  :: PROPOSE(1, 0)
  :: PROPOSE(1, 1)
  od
}
