import Glibc
import Synchronization

/// Makes identifiers that are unique and, within this generator, strictly increasing.
///
/// RFC 9562 §6.2 method 1: behind the milliseconds stands a 42-bit counter (12 bits of `rand_a`, 30 of `rand_b`), seeded
/// with 41 random bits in every new millisecond and raised by one within it; 32 random bits end the identifier. When
/// the clock stands still or runs back, the last millisecond is kept; when the counter is spent, the millisecond is
/// borrowed from the future. One process uses one generator.
package final class UUIDv7Generator: Sendable {
  private struct State {
    var milliseconds: Int64 = -1
    var counter: UInt64 = 0
  }

  private let state = Mutex(State())
  private let milliseconds: @Sendable () -> Int64
  private let random: @Sendable () -> UInt64
  private let counterLimit: UInt64

  /// `milliseconds` since 1970 and 64 random bits a call; both are called under no lock and may be called by any
  /// thread. A lower `counterLimit` only makes the borrowing of milliseconds reachable in a test.
  package init(
    milliseconds: @escaping @Sendable () -> Int64, random: @escaping @Sendable () -> UInt64,
    counterLimit: UInt64 = 1 << 42 - 1
  ) {
    precondition(counterLimit < 1 << 42, "the counter has 42 bits")
    self.milliseconds = milliseconds
    self.random = random
    self.counterLimit = counterLimit
  }

  /// On the machine's clock and libcrypto's randomness.
  package convenience init() {
    let pool = SecureRandomPool()
    self.init(
      milliseconds: {
        var time = timespec()
        // CLOCK_REALTIME exists on every Linux, so the call cannot fail.
        guard clock_gettime(CLOCK_REALTIME, &time) == 0 else { fatalError("the machine has no clock") }
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
      },
      random: { pool.word() })
  }

  /// The next identifier, greater than every one before. Any thread.
  package func next() -> UUIDv7 {
    let now = max(0, milliseconds())
    let tail = random() & 0xFFFF_FFFF
    let seed = random() & (1 << 41 - 1)
    let (moment, counter) = state.withLock { state in
      if now > state.milliseconds {
        state.milliseconds = now
        state.counter = seed
      } else if state.counter < counterLimit {
        state.counter += 1
      } else {
        state.milliseconds += 1
        state.counter = seed
      }
      return (state.milliseconds, state.counter)
    }
    return UUIDv7(
      milliseconds: moment, randomA: UInt16(counter >> 30), randomB: (counter & (1 << 30 - 1)) << 32 | tail)
  }
}
