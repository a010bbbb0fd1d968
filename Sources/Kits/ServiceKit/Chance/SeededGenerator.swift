/// Chance that can be repeated: the same seed gives the same numbers on every machine and in every version.
///
/// The algorithm is xoshiro256** (Blackman and Vigna) with its state filled by SplitMix64 from the seed. The helpers
/// below are part of the promise; the standard library's `random(in:using:)` may change from version to version.
/// Not for secrets.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
  /// The seed it began with: what a failed run must print.
  package let seed: UInt64
  private var state: (UInt64, UInt64, UInt64, UInt64)

  package init(seed: UInt64) {
    self.seed = seed
    var mixer = SplitMix64(state: seed)
    state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// With a seed that the system draws, for chance that nobody repeats: the system's own numbers cost a call of the kernel
  /// each.
  package init() {
    var system = SystemRandomNumberGenerator()
    self.init(seed: system.next())
  }

  /// For checking against published outputs, which begin at a state and not at a seed.
  init(state: (UInt64, UInt64, UInt64, UInt64)) {
    precondition(state != (0, 0, 0, 0), "xoshiro256** cannot leave the state of all zeros")
    seed = 0
    self.state = state
  }

  package mutating func next() -> UInt64 {
    let result = Self.rotated(state.1 &* 5, by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotated(state.3, by: 45)
    return result
  }

  /// A whole number from 0 up to, not including, `bound`; every one equally likely (Lemire's method with rejection).
  package mutating func number(below bound: Int) -> Int {
    precondition(bound > 0, "there is no number below \(bound)")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  package mutating func number(in range: ClosedRange<Int>) -> Int {
    let (span, overflow) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    precondition(!overflow && span < Int.max, "the range is too wide")
    return range.lowerBound + number(below: span + 1)
  }

  /// A number from 0 up to, not including, 1, in steps of 2⁻⁵³.
  package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// True once in `1 / probability` times; never at 0, always at 1.
  package mutating func happens(_ probability: Double) -> Bool { fraction() < probability }

  /// A duration between the two, both included, in whole microseconds.
  package mutating func duration(in range: ClosedRange<Duration>) -> Duration {
    .microseconds(number(in: Int(range.lowerBound.wholeMicroseconds)...Int(range.upperBound.wholeMicroseconds)))
  }

  /// Nil only from an empty collection.
  package mutating func element<Element>(of elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[number(below: elements.count)]
  }

  package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for place in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(place, number(below: place + 1))
    }
    return elements
  }

  /// A generator of its own for one part of a simulation, decided by this seed and the name alone: a part that starts
  /// to draw more numbers does not change what the others see.
  package func generator(for name: String) -> SeededGenerator {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var mixer = SplitMix64(state: seed ^ hash)
    return SeededGenerator(seed: mixer.next())
  }

  private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 { word << count | word >> (64 - count) }
}

extension SeededGenerator: CustomStringConvertible {
  /// `seed 1234567`, to be printed where a run begins or fails.
  package var description: String { "seed \(seed)" }
}
