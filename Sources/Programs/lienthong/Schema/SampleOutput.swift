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
    var writer = JSONWriter(indent: 2)
    writer.beginArray()
    for sample in samples {
      writer.beginObject()
      writer.name("name")
      writer.string(sample.name)
      writer.name("document")
      writer.string(String(decoding: sample.bytes, as: UTF8.self))
      writer.endObject()
    }
    writer.endArray()
    Terminal.print(bytes: writer.finish() + [0x0A])
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
