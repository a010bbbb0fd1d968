import HTTPKit
import JSONKit
import ServiceKit

/// What every simulator shows under `/_simulator`.
enum SimulatorPages {
  /// `GET /_simulator/mode`.
  static func mode(_ setting: FaultSetting) -> HTTPResponse {
    .json { writer in
      writer.beginObject()
      writer.name("mode")
      writer.string(setting.mode.rawValue)
      if let lasting = setting.lasting {
        writer.name("seconds")
        writer.number(String(lasting.inSeconds))
      }
      if let requests = setting.requests {
        writer.name("next")
        writer.integer(requests)
      }
      writer.endObject()
    }
  }

  /// `GET /_simulator/log?after=N`.
  static func log(_ events: [SimulatorEvent]) -> HTTPResponse {
    .json(indent: 2) { writer in
      writer.beginObject()
      writer.name("events")
      writer.beginArray()
      for event in events {
        writer.beginObject()
        writer.name("sequence")
        writer.integer(event.sequence)
        writer.name("at")
        writer.string(event.at.rfc3339(offset: .vietnam, fraction: .milliseconds))
        writer.name("event")
        writer.string(event.name.rawValue)
        for field in event.fields {
          writer.name(field.name)
          writer.string(field.text)
        }
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
  }

  /// `GET /_simulator/received?after=N`: the bodies byte for byte, as text where they are UTF-8.
  static func received(_ messages: [ReceivedMessage]) -> HTTPResponse {
    .json(indent: 2) { writer in
      writer.beginObject()
      writer.name("received")
      writer.beginArray()
      for message in messages {
        writer.beginObject()
        writer.name("number")
        writer.integer(message.number)
        writer.name("at")
        writer.string(message.at.rfc3339(offset: .vietnam, fraction: .milliseconds))
        writer.name("subject")
        writer.string(message.subject)
        writer.name("outcome")
        writer.string(message.outcome.rawValue)
        writer.name("bytes")
        writer.integer(message.body.count)
        writer.name("body")
        writer.string(String(decoding: message.body, as: UTF8.self))
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
  }
}
