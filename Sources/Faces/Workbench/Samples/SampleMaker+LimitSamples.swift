import DocumentKit
import ServiceKit

extension SampleMaker {
  /// One document for each limit of the schema: lengths and ranges at both ends, every value of an enumeration, every
  /// branch of a choice, optional and repeated things absent, once and as often as they may come.
  ///
  /// Everything else in each document is there once. A limit that other rules of the schema make impossible is skipped
  /// and named.
  package func limitSamples() -> LimitSamples {
    var samples: [Sample] = []
    var skipped: [String] = []
    let chance = SeededGenerator(seed: seed)
    var cases = SampleLimitCases(shape: shape, limits: limits, chance: chance)
    for limit in cases.all(from: root) {
      guard let plan = limit.plan else {
        skipped.append("\(limit.name): no text of that size was found that its pattern allows")
        continue
      }
      do throws(SampleError) {
        samples.append(Sample(name: limit.name, bytes: try document(plan, chance: chance.generator(for: limit.name))))
      } catch {
        let rule = error.findings.first.map { "\($0.rule) at \($0.path)" }
        skipped.append("\(limit.name): \(rule ?? error.message)")
      }
    }
    return LimitSamples(samples: samples, skipped: skipped)
  }
}
