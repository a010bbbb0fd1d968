import Glibc
import ServiceKit

/// Feeds a reader with mutated files and random bytes until it breaks a promise or the time is over.
///
/// The same seed makes the same inputs in the same order. A reader that crashes ends the test run; the seed is printed
/// before, and `LIENTHONG_FUZZ_SEED` and `LIENTHONG_FUZZ_SECONDS` repeat or prolong a run.
package struct Fuzzer {
  /// Files that are right, from which the inputs are made.
  private let corpus: [[UInt8]]
  /// Words that mean something to the reader.
  private let words: [[UInt8]]
  private let seconds: Double
  private let inputBytesLimit: Int
  private let seed: UInt64

  /// `corpus` files longer than the limit are cut to it.
  package init(
    corpus: [[UInt8]], words: [String], seed: UInt64, seconds: Double = 2, inputBytesLimit: Int = 4_096,
  ) {
    precondition(!corpus.isEmpty, "a fuzzer begins with files")
    self.corpus = corpus.map { Array($0.prefix(inputBytesLimit)) }
    self.words = words.map { Array($0.utf8) }
    self.seed = Self.setting("LIENTHONG_FUZZ_SEED").flatMap { UInt64($0) } ?? seed
    self.seconds = Self.setting("LIENTHONG_FUZZ_SECONDS").flatMap { Double($0) } ?? seconds
    self.inputBytesLimit = inputBytesLimit
  }

  /// Runs until `check` says that a promise is broken, at most `iterations` inputs and the given seconds long.
  package func run(iterations: Int, _ check: ([UInt8]) -> FuzzVerdict) -> FuzzReport {
    print("fuzzing with seed \(seed)")
    var report = FuzzReport(seed: seed)
    var chance = SeededGenerator(seed: seed)
    let end = Self.now() + seconds
    for iteration in 0..<iterations {
      let input = input(iteration, &chance)
      switch check(input) {
      case .accepted: report.accepted += 1
      case .refused: report.refused += 1
      case .broken(let reason):
        report.failure = FuzzReport.Failure(iteration: iteration, input: input, reason: reason)
        return report
      }
      if Self.now() > end { break }
    }
    return report
  }

  /// First every file as it is, then one input in eight of random bytes and the others mutated files.
  private func input(_ iteration: Int, _ chance: inout SeededGenerator) -> [UInt8] {
    if iteration < corpus.count { return corpus[iteration] }
    if chance.number(below: 8) == 0 {
      return (0..<chance.number(below: 64)).map { _ in UInt8(chance.number(below: 256)) }
    }
    var input = corpus[chance.number(below: corpus.count)]
    for _ in 0...chance.number(below: 4) { mutate(&input, &chance) }
    return Array(input.prefix(inputBytesLimit))
  }

  private func mutate(_ input: inout [UInt8], _ chance: inout SeededGenerator) {
    let place = chance.number(below: input.count + 1)
    let end = min(input.count, place + 1 + chance.number(below: 32))
    switch chance.number(below: 8) {
    case 0 where place < input.count: input[place] ^= UInt8(1 << chance.number(below: 8))
    case 1 where place < input.count: input[place] = UInt8(chance.number(below: 256))
    case 2: input.insert(UInt8(chance.number(below: 128)), at: place)
    case 3: input.removeSubrange(place..<end)
    case 4: input.insert(contentsOf: Array(input[place..<end]), at: place)
    case 5: input.removeSubrange(place...)
    case 6:
      let other = corpus[chance.number(below: corpus.count)]
      let from = chance.number(below: other.count + 1)
      input.insert(contentsOf: other[from..<min(other.count, from + chance.number(below: 128))], at: place)
    default:
      guard !words.isEmpty else { return }
      input.insert(contentsOf: words[chance.number(below: words.count)], at: place)
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func setting(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
