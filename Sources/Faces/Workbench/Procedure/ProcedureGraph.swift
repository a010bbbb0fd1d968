import Deadlines
import DossierModel
package import Orchestration
import XMLKit

/// A procedure as a picture: steps in columns by what stands before them, an arrow from each to those behind it.
///
/// Plain SVG without scripts, styles from outside or fonts to load, so that it can be put into any document.
package struct ProcedureGraph {
  private struct Box {
    let step: StepDefinition
    let column: Int
    let row: Int
  }

  private static let (width, across, down, margin) = (240, 80, 28, 24)

  private let definition: ProcedureDefinition
  private let boxes: [Box]
  /// Of a box: a line more where some step says what becomes of the end.
  private let height: Int

  package init(_ definition: ProcedureDefinition) {
    self.definition = definition
    height = definition.steps.allSatisfy { Self.marks($0).isEmpty } ? 84 : 106
    var columns: [StepID: Int] = [:]
    func column(_ id: StepID, _ depth: Int) -> Int {
      if let known = columns[id] { return known }
      // A circle has no columns; the check has named it.
      guard depth <= definition.steps.count, let step = definition[id] else { return 0 }
      let column = step.after.map { column($0, depth + 1) + 1 }.max() ?? 0
      columns[id] = column
      return column
    }
    var rows: [Int: Int] = [:]
    boxes = definition.steps.map { step in
      let place = column(step.id, 0)
      defer { rows[place, default: 0] += 1 }
      return Box(step: step, column: place, row: rows[place, default: 0])
    }
  }

  package var svg: String {
    let columns = (boxes.map(\.column).max() ?? 0) + 1
    let rows = (boxes.map(\.row).max() ?? 0) + 1
    let width = columns * (Self.width + Self.across) - Self.across + 2 * Self.margin
    let total = rows * (height + Self.down) - Self.down + 2 * Self.margin + 32
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(total)\" width=\"\(width)\" height=\"\(total)\" "
        + "font-family=\"sans-serif\" font-size=\"13\">",
      "<title>\(XMLText.escaped(definition.title))</title>",
      "<defs><marker id=\"tip\" markerWidth=\"9\" markerHeight=\"9\" refX=\"8\" refY=\"4\" orient=\"auto\">"
        + "<path d=\"M0,0 L9,4 L0,8 z\"/></marker></defs>",
      "<text x=\"\(Self.margin)\" y=\"24\" font-size=\"15\" font-weight=\"bold\">\(XMLText.escaped(definition.title))</text>",
    ]
    for box in boxes {
      for before in boxes where box.step.after.contains(before.step.id) { lines.append(arrow(from: before, to: box)) }
    }
    lines += boxes.map(drawing)
    lines.append("</svg>")
    return lines.joined(separator: "\n")
  }

  private func place(_ box: Box) -> (x: Int, y: Int) {
    (
      Self.margin + box.column * (Self.width + Self.across),
      Self.margin + 32 + box.row * (height + Self.down)
    )
  }

  /// A curve to the next column; past a column between, along the lane above the row, where no box stands.
  private func arrow(from: Box, to: Box) -> String {
    let (start, end) = (place(from), place(to))
    let (x1, y1) = (start.x + Self.width, start.y + height / 2)
    let (x2, y2) = (end.x - 2, end.y + height / 2)
    let half = Self.across / 2
    var path = "M\(x1),\(y1) "
    if to.column - from.column > 1 {
      let lane = min(start.y, end.y) - Self.down / 2
      path += "C\(x1 + half),\(y1) \(x1 + half / 2),\(lane) \(x1 + Self.across),\(lane) "
      path += "L\(end.x - Self.across),\(lane) C\(end.x - half / 2),\(lane) \(end.x - half),\(y2) \(x2),\(y2)"
    } else {
      path += "C\(x1 + half),\(y1) \(x1 + half),\(y2) \(x2),\(y2)"
    }
    return "<path d=\"\(path)\" fill=\"none\" stroke=\"#444\""
      + (to.step.join == .all ? "" : " stroke-dasharray=\"5 4\"") + " marker-end=\"url(#tip)\"/>"
  }

  private func drawing(_ box: Box) -> String {
    let (x, y) = place(box)
    let step = box.step
    let isOptional = step.choice != nil || step.condition != nil
    var texts = [(step.title, "bold"), (agency(step), "normal")]
    if let time = step.time { texts.append(("\(time.term.amount) \(time.term.unit.name)", "normal")) }
    let marks = Self.marks(step)
    if !marks.isEmpty { texts.append((marks.joined(separator: ", "), "normal")) }
    let lines = texts.enumerated().map { number, text in
      "<text x=\"\(x + 10)\" y=\"\(y + 24 + number * 22)\" font-weight=\"\(text.1)\">\(XMLText.escaped(Self.cut(text.0)))</text>"
    }
    return "<rect x=\"\(x)\" y=\"\(y)\" width=\"\(Self.width)\" height=\"\(height)\" rx=\"6\" "
      + "fill=\"\(step.isInProcedureTime ? "#eef4fb" : "#f6f0e4")\" stroke=\"#447\""
      + (isOptional ? " stroke-dasharray=\"4 3\"" : "") + "/>" + lines.joined()
  }

  /// What a step is to the end of the whole.
  private static func marks(_ step: StepDefinition) -> [String] {
    [step.handsOver ? "trả kết quả" : nil, step.isToldTheEnd ? "được báo kết thúc" : nil].compactMap { $0 }
  }

  private func agency(_ step: StepDefinition) -> String {
    switch step.agency {
    case .fixed(let party): party.text
    case .table(let by, _, _): "theo \(by.source)"
    }
  }

  /// What fits into a box.
  private static func cut(_ text: String) -> String { text.count <= 28 ? text : text.prefix(27) + "…" }
}
