/// What a run of a fuzzer found, with all that is needed to see it again.
package struct FuzzReport: Sendable, CustomStringConvertible {
  package struct Failure: Sendable {
    package let iteration: Int
    package let input: [UInt8]
    package let reason: String
  }

  package let seed: UInt64
  package var accepted = 0
  package var refused = 0
  /// The first one; the run ends with it.
  package var failure: Failure?

  package init(seed: UInt64) { self.seed = seed }

  package var iterations: Int { accepted + refused + (failure == nil ? 0 : 1) }

  /// One line, with the seed and, of a failure, its input as hexadecimal digits.
  package var description: String {
    let counts = "seed \(seed): \(iterations) inputs, \(accepted) accepted, \(refused) refused"
    guard let failure else { return counts }
    let digits = Array("0123456789abcdef".utf8)
    let hexadecimal = failure.input.prefix(4_096).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return counts + "; input \(failure.iteration) \(failure.reason): \(String(decoding: hexadecimal, as: UTF8.self))"
  }
}
