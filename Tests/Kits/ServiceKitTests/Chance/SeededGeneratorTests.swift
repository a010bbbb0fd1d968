import Testing

@testable import ServiceKit

@Suite("Seeded generator")
struct SeededGeneratorTests {
  @Test("SplitMix64 gives the published row for the seed 1234567")
  func splitMix() {
    var mixer = SplitMix64(state: 1_234_567)
    let row = (0..<5).map { _ in mixer.next() }
    #expect(
      row == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
      ])
  }

  @Test("xoshiro256** gives the published row from the state 1, 2, 3, 4")
  func xoshiro() {
    var generator = SeededGenerator(state: (1, 2, 3, 4))
    let row = (0..<6).map { _ in generator.next() }
    #expect(
      row == [
        11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
      ])
  }

  @Test("The same seed gives the same numbers, dice and order in every version")
  func stability() {
    var words = SeededGenerator(seed: 42)
    #expect(
      (0..<4).map { _ in words.next() } == [
        1_546_998_764_402_558_742, 6_990_951_692_964_543_102, 12_544_586_762_248_559_009, 17_057_574_109_182_124_193,
      ])
    var dice = SeededGenerator(seed: 7)
    #expect(
      (0..<20).map { _ in dice.number(in: 1...6) } == [5, 2, 6, 6, 6, 6, 1, 1, 3, 1, 4, 5, 6, 6, 3, 4, 2, 3, 1, 1])
    var cards = SeededGenerator(seed: 7)
    #expect(cards.shuffled(Array(0..<10)) == [1, 8, 3, 0, 4, 5, 9, 6, 2, 7])
    #expect(SeededGenerator(seed: 1).generator(for: "network").seed == 1_005_576_712_842_409_020)
    #expect("\(SeededGenerator(seed: 42))" == "seed 42")
  }

  @Test("A part's generator depends on the seed and the name, not on what was drawn before")
  func parts() {
    var parent = SeededGenerator(seed: 5)
    let before = parent.generator(for: "disk").seed
    _ = parent.next()
    #expect(parent.generator(for: "disk").seed == before)
    #expect(parent.generator(for: "clock").seed != before)
    #expect(SeededGenerator(seed: 6).generator(for: "disk").seed != before)
  }

  @Test("Numbers stay within their bounds and reach both ends")
  func bounds() {
    var generator = SeededGenerator(seed: 3)
    let numbers = (0..<2_000).map { _ in generator.number(in: -2...2) }
    #expect(Set(numbers) == [-2, -1, 0, 1, 2])
    #expect((0..<100).allSatisfy { _ in generator.number(below: 1) == 0 })
    #expect((0..<1_000).allSatisfy { _ in (0..<1).contains(generator.fraction()) })
    #expect(!(0..<1_000).contains { _ in generator.happens(0) })
    #expect((0..<1_000).allSatisfy { _ in generator.happens(1) })
    let durations = (0..<100).map { _ in generator.duration(in: .milliseconds(1) ... .milliseconds(2)) }
    #expect(durations.allSatisfy { $0 >= .milliseconds(1) && $0 <= .milliseconds(2) })
    #expect(generator.element(of: [Int]()) == nil)
    #expect(generator.element(of: [9]) == 9)
  }
}
