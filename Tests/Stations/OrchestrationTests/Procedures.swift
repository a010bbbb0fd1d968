import Deadlines
import DocumentKit
import DossierModel
import GatewayTesting
import Orchestration
import ServiceKit
import Testing

/// Procedures as tests write them, and moments of November 2026: the 16th is a Monday.
enum Procedures {
  /// Of the canonical schema.
  static let order: ElementOrder = {
    let shape = try? SchemaShape(contentsOf: TestFiles.projectRoot + "/Schemas/canonical/1/canonical.xsd")
    return shape.map { ElementOrder($0) } ?? .unknown
  }()

  static func calendars() throws -> CalendarCatalogue {
    try CalendarCatalogue(folder: TestFiles.projectRoot + "/Deploy/calendars")
  }

  /// A procedure of these steps, in YAML.
  static func definition(_ steps: String, time: String = "") throws -> ProcedureDefinition {
    let head = "procedure: thu\nversion: 1\ntitle: Thủ tục thử\ncodes: [\"1.000001\"]\n"
    return try read(head + (time.isEmpty ? "" : "time: \(time)\n") + "steps:\n" + steps)
  }

  static func read(_ text: String) throws -> ProcedureDefinition {
    let reader = ConfigurationReader(try YAMLDocument(parsing: text, file: "thu.yaml"))
    let definition = ProcedureDefinition(reading: reader.root)
    try reader.finish()
    return definition
  }

  /// `16 09:00` of November 2026.
  static func moment(_ text: String) throws -> Timestamp {
    let parts = text.split(separator: " ")
    return try Timestamp(rfc3339: "2026-11-\(parts[0])T\(parts[1]):00+07:00")
  }

  static func text(_ moment: Timestamp?) -> String {
    guard let moment else { return "–" }
    return "\(CivilDay(moment, offset: .vietnam).day) \(TimeOfDay(moment, offset: .vietnam))"
  }
}

/// One instance with the machine that conducts it.
struct Conducted {
  let machine: ProcedureMachine
  var instance: ProcedureInstance
  private(set) var instructions: [ProcedureInstruction]

  /// Begins on Monday 16 November at 09:00 with every step, each at a party of its own name.
  init(_ definition: ProcedureDefinition, without: Set<StepID> = [], at start: String = "16 09:00") throws {
    let clock = try #require(ProcedureClock(definition, calendars: Procedures.calendars()))
    machine = ProcedureMachine(definition, clock: clock)
    let steps = definition.steps.map(\.id)
    let facts = ProcedureFacts(
      applies: Set(steps).subtracting(without),
      agencies: Dictionary(uniqueKeysWithValues: steps.map { ($0, PartyID($0.text)) }))
    (instance, instructions) = machine.begin(facts, at: try Procedures.moment(start))
  }

  /// Takes an event in and gives what is to be done.
  @discardableResult
  mutating func take(_ event: ProcedureEvent, at moment: String) throws -> [ProcedureInstruction] {
    instructions = machine.advance(&instance, event, at: try Procedures.moment(moment))
    return instructions
  }

  /// The states of the steps, in the order of the definition.
  var states: [StepState] { machine.definition.steps.map { instance[$0.id].state } }
}
