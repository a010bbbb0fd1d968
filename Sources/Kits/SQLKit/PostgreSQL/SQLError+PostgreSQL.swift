import CPostgreSQL

extension SQLError {
  /// Copies a server's error at once, without anything that could repeat a row's or a parameter's value.
  init(postgreSQL result: OpaquePointer?, statement: String?) {
    let state = Self.text(lt_pq_sqlstate(result)) ?? ""
    let code = Self.code(forState: state)
    self.init(
      code: code, engineCode: state, message: Self.message(of: result, state: state), statement: statement)
  }

  private static func text(_ pointer: UnsafePointer<CChar>?) -> String? { pointer.map { String(cString: $0) } }

  /// The server's sentence where its class only speaks of names; a sentence of ours where it may repeat a value
  /// (`invalid input syntax for type bigint: "…"`) or is not known.
  private static func message(of result: OpaquePointer?, state: String) -> String {
    let primary = text(lt_pq_message(result)) ?? "the server gave no reason"
    switch state.prefix(2) {
    case "23":
      let parts = [
        text(lt_pq_constraint(result)).map { "constraint \($0)" }, text(lt_pq_table(result)).map { "table \($0)" },
        text(lt_pq_column(result)).map { "column \($0)" },
      ]
      return "a rule of the schema was broken: " + parts.compactMap { $0 }.joined(separator: ", ")
    case "08", "25", "26", "28", "34", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "XX": return primary
    default: return "the server refused a value or an operation"
    }
  }

  /// https://www.postgresql.org/docs/15/errcodes-appendix.html
  private static func code(forState state: String) -> Code {
    switch state {
    case "40001", "40P01": return .conflict
    case "25006", "42501": return .readOnly
    case "25P03", "57P01", "57P02", "57P03", "57P04", "57P05": return .connectionLost
    // A message of the protocol that the server cannot make sense of: ours is wrong, the line is not.
    case "08P01": return .statement
    case "53100": return .full
    case "55P03": return .busy
    case "57014": return .timedOut
    case "58030": return .inputOutput
    case "XX001", "XX002": return .corrupt
    default: break
    }
    switch state.prefix(2) {
    case "": return .connectionLost
    case "08": return .connectionLost
    case "23": return .constraint
    case "28", "3D": return .cannotOpen
    case "58": return .inputOutput
    case "0A", "22", "25", "26", "34", "3F", "42", "54": return .statement
    default: return .other
    }
  }
}
