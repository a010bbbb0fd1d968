import DocumentKit
import ServiceKit
import Translation

/// Makes valid documents for a mapping to read, the same ones for the same seed: by turns filled as the mapping would have
/// it, by chance, with only what is needed, at a limit of the schema, and by chance without asking the mapping.
package struct MappingSamples {
  /// How a sample is made.
  enum Form: Int, CaseIterable {
    /// Everything is there once, with texts that the rows can read and that the target takes.
    case full
    /// What is optional comes by chance, with texts that the rows can read.
    case chance
    /// Only what must be there, by the schema or for the mapping.
    case minimal
    /// One thing at a limit of the schema, everything else there once with texts that the rows can read.
    case limit
    /// By chance; the mapping is not asked.
    case free
  }

  /// Documents are written with line breaks; otherwise each is one line.
  package var isIndented: Bool {
    get { maker.isIndented }
    set { maker.isIndented = newValue }
  }

  private var maker: SampleMaker
  private let expectations: SourceExpectations
  /// The texts of each example beside the mapping, by path.
  private let examples: [[String: [String]]]
  private let inner: InnerSamples
  private var cases: [SampleLimitCases.Case]?

  /// `folder`: where the schemas of documents inside strings are.
  init(maker: SampleMaker, expectations: SourceExpectations, examples: [[String: [String]]], folder: String) {
    self.maker = maker
    self.expectations = expectations
    self.examples = examples
    inner = InnerSamples(folder: folder)
  }

  /// Sample `number`, from 1; those before it need not be made.
  package mutating func sample(_ number: Int) throws(WorkbenchError) -> Sample {
    let form = Form.allCases[(number - 1) % Form.allCases.count]
    var chance = SeededGenerator(seed: maker.seed).generator(for: "sample \(number)")
    var bytes: [UInt8]?
    // What the mapping would like may be more than the rules of the schema allow at once.
    for _ in 0..<(form == .free ? 0 : 4) where bytes == nil {
      var plan = plan(form, &chance)
      plan.hints = expectations.hints(
        isStrict: form == .full || form == .minimal, example: chance.element(of: examples) ?? [:], &chance, inner.text)
      bytes = try? maker.document(plan, chance: chance)
    }
    do throws(SampleError) {
      if bytes == nil { bytes = try maker.document(SamplePlan(), chance: chance) }
    } catch {
      throw WorkbenchError(.schema, "there is no sample \(number): \(error.description)")
    }
    return Sample(name: "seed \(maker.seed), \(number)", bytes: bytes ?? [])
  }

  private mutating func plan(_ form: Form, _ chance: inout SeededGenerator) -> SamplePlan {
    var plan = SamplePlan()
    switch form {
    case .full: plan.fill = .full
    case .minimal: plan.fill = .minimal
    case .chance, .free: break
    case .limit:
      plan.fill = .full
      if cases == nil {
        var all = SampleLimitCases(
          shape: maker.shape, limits: maker.limits, chance: SeededGenerator(seed: maker.seed))
        cases = all.all(from: maker.root)
      }
      if let limit = chance.element(of: cases ?? [])?.plan { plan = limit }
    }
    return plan
  }
}

/// Makes the documents inside the strings of samples; each schema is read once.
private final class InnerSamples {
  private let folder: String
  private var makers: [String: SampleMaker?] = [:]

  init(folder: String) { self.folder = folder }

  func text(_ schema: String, _ root: String, _ hints: SampleHints, _ chance: inout SeededGenerator) -> String? {
    guard let maker = maker(schema, root) else { return nil }
    var plan = SamplePlan()
    plan.fill = chance.happens(0.5) ? .full : .random
    plan.hints = hints
    let seed = chance.next()
    let bytes = try? maker.document(plan, chance: SeededGenerator(seed: seed))
    return bytes.map { String(decoding: $0, as: UTF8.self) }
  }

  private func maker(_ schema: String, _ root: String) -> SampleMaker? {
    let key = "\(schema)#\(root)"
    if let known = makers[key] { return known }
    var made = try? SampleMaker(contentsOf: "\(folder)/\(schema)", root: root, seed: 0)
    made?.isIndented = false
    makers[key] = made
    return made
  }
}
