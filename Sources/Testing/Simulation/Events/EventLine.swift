import ServiceKit

/// Lays an event out as one line: time, who, what, and the fields as `name=value`.
package struct EventLine: Sendable {
  /// Who speaks: `portal`, or an agency's name.
  package let speaker: String
  package let style: TerminalStyle

  package init(speaker: String, style: TerminalStyle) {
    self.speaker = speaker
    self.style = style
  }

  /// Without the line break.
  package func text(of event: SimulatorEvent) -> String {
    let time = event.at.rfc3339(offset: .vietnam, fraction: .milliseconds)
    let name = style.painted(event.name.rawValue, event.name.paint)
    let fields = event.fields.map { " \(style.painted("\($0.name)=", .dim))\($0.text)" }.joined()
    return "\(style.painted(time, .dim)) \(style.painted(speaker, .bold)) \(name)\(fields)"
  }
}

extension SimulatorEvent.Name {
  var paint: TerminalPaint {
    switch self {
    case .listening, .stopped, .faultsDrawn, .serviceAnswered, .loginAccepted, .tokenIssued, .messageScheduled: .plain
    case .dossierCreated, .dossierUpdated, .progressAdded, .documentAccepted, .messageAccepted: .green
    case .progressRepeated, .documentRepeated, .messageDeferred, .modeChanged, .faultPlayed, .anomalyNoticed: .yellow
    case .requestRefused, .fieldRefused, .loginRefused, .sessionRefused, .callerRefused,
      .documentRefused, .messageRefused:
      .red
    }
  }
}
