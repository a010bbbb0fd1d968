import JSONKit
import Workbench

/// What the commands that make samples have in common.
enum SampleOutput {
  static let countLimit = 100_000

  static func print(_ samples: [Sample], asJSON: Bool) {
    guard asJSON else {
      for sample in samples { Terminal.print(String(decoding: sample.bytes, as: UTF8.self)) }
      return
    }
    Terminal.printJSON(samples) { sample, writer in
      writer.beginObject()
      writer.member("name", sample.name)
      writer.member("document", String(decoding: sample.bytes, as: UTF8.self))
      writer.endObject()
    }
  }

  static func number<Number: FixedWidthInteger>(
    _ option: String, _ arguments: Arguments, _ standard: Number, atMost limit: Number,
  ) throws(CommandFailure) -> Number {
    guard let text = arguments.value(option) else { return standard }
    guard let number = Number(text), number >= 0, number <= limit else {
      throw .unusable("\(option) is a whole number from 0 to \(limit)")
    }
    return number
  }
}
