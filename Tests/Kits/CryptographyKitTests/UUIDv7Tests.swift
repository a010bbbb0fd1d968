import CryptographyKit
import Glibc
import Synchronization
import Testing

@Suite("UUIDv7")
struct UUIDv7Tests {
  @Test("Lays out the example of RFC 9562, appendix A.6")
  func rfcExample() throws {
    let made = UUIDv7(milliseconds: 0x017F_22E2_79B0, randomA: 0xCC3, randomB: 0x18C4_DC0C_0C07_398F)
    #expect(made.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    #expect(made.milliseconds == 1_645_557_742_000)
    #expect(UUIDv7("017F22E2-79B0-7CC3-98C4-DC0C0C07398F") == made)
    #expect(UUIDv7(bytes: made.bytes) == made)
    #expect(
      made.bytes == [
        0x01, 0x7F, 0x22, 0xE2, 0x79, 0xB0, 0x7C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F,
      ])
  }

  @Test(
    "Refuses texts that are not a UUIDv7",
    arguments: [
      "", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
      "017f22e279b07cc398c4dc0c0c07398f", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f",
      "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
      "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4_dc0c0c07398f",
    ])
  func refusals(text: String) {
    #expect(UUIDv7(text) == nil)
  }

  @Test("Bytes of another length, version or variant are no UUIDv7")
  func refusedBytes() {
    #expect(UUIDv7(bytes: [UInt8](repeating: 0x77, count: 15)) == nil)
    #expect(UUIDv7(bytes: [UInt8](repeating: 0x77, count: 17)) == nil)
    #expect(UUIDv7(bytes: [UInt8](repeating: 0x77, count: 16)) == nil)
    #expect(UUIDv7(high: 0x7000, low: 1 << 63) != nil)
  }

  @Test("Increases strictly while the clock stands still and when it runs back")
  func monotonicOnAnyClock() {
    let clock = Atomic<Int64>(1_000)
    // All seed bits set: the counter begins at 2^41 - 1.
    let generator = UUIDv7Generator(
      milliseconds: { clock.load(ordering: .relaxed) }, random: { UInt64.max })
    let first = generator.next()
    let second = generator.next()
    clock.store(500, ordering: .relaxed)
    let third = generator.next()
    clock.store(2_000, ordering: .relaxed)
    let fourth = generator.next()
    #expect(first < second && second < third && third < fourth)
    #expect([first, second, third].allSatisfy { $0.milliseconds == 1_000 })
    #expect(fourth.milliseconds == 2_000)
  }

  @Test("Borrows the next millisecond when the counter is spent, and keeps it until the clock has caught up")
  func spentCounter() {
    let clock = Atomic<Int64>(1_000)
    let generator = UUIDv7Generator(
      milliseconds: { clock.load(ordering: .relaxed) }, random: { 0 }, counterLimit: 1)
    let run = (0..<5).map { _ in generator.next() }
    #expect(run.map(\.milliseconds) == [1_000, 1_000, 1_001, 1_001, 1_002])
    clock.store(1_002, ordering: .relaxed)
    let last = generator.next()
    #expect(last.milliseconds == 1_002)
    #expect(zip(run, run.dropFirst()).allSatisfy { $0 < $1 } && run[4] < last)
  }

  @Test("Eight threads get 80,000 different identifiers, each thread an increasing run")
  func manyThreads() {
    let generator = UUIDv7Generator()
    let runs = ThreadGroup.run(8) { _ in (0..<10_000).map { _ in generator.next() } }
    for run in runs {
      #expect(zip(run, run.dropFirst()).allSatisfy { $0 < $1 })
    }
    #expect(Set(runs.joined()).count == 80_000)
  }

  @Test("The time inside is the machine's time")
  func machineTime() {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let now = Int64(time.tv_sec) * 1_000
    #expect(abs(UUIDv7Generator().next().milliseconds - now) < 60_000)
  }
}
