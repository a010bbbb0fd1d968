import DocumentKit

/// Works out which elements a row goes on with that the row before it has left open.
///
/// It is decided by the table alone and not by the document: `owner/name`, `owner/email` share one `owner` whether or
/// not the name was there, and a row between them that writes elsewhere always parts them.
struct TargetNeighbour {
  /// What the preceding row did with the last of `elements`.
  private enum Use {
    case passedThrough
    case wroteText
    case wroteAttributes
  }

  private var elements: [TargetName] = []
  private var use = Use.passedThrough

  /// The elements the row needs open, below its group, and how many of them are there already.
  mutating func next(
    _ row: MappingRow,
  ) -> Result<(elements: [TargetName], count: Int), TargetSyntax.Refusal> {
    let steps = row.target.steps
    let common = zip(steps, elements).prefix { $0 == $1 }.count
    let isBehindText = use == .wroteText && common == elements.count && !elements.isEmpty
    if isBehindText {
      guard case .attribute = row.target.last, steps.count == common else {
        let path = elements.map(\.qualified).joined(separator: "/")
        return .failure(
          TargetSyntax.Refusal(
            message: Sentence(
              "‘\(path)’ holds the text of the row before", "‘\(path)’ đã chứa văn bản của dòng trước"),
            remedy: Sentence(
              "an element holds text or elements; write one of them elsewhere",
              "một phần tử chứa văn bản hoặc phần tử con; hãy ghi một trong hai ở chỗ khác")))
      }
      return .success((steps, common))
    }
    switch row.target.last {
    case .here:
      (elements, use) = ([], .passedThrough)
      return .success(([], 0))
    case .attribute:
      if common < steps.count { use = .wroteAttributes } else if elements.count > common { use = .passedThrough }
      elements = steps
      return .success((steps, common))
    case .element(let name):
      return .success(element(steps, name, common, ownElementEachTime: row.repeats))
    }
  }

  private mutating func element(
    _ steps: [TargetName], _ name: TargetName, _ common: Int, ownElementEachTime: Bool,
  ) -> (elements: [TargetName], count: Int) {
    guard !ownElementEachTime else {
      (elements, use) = (steps, .passedThrough)
      return (steps, common)
    }
    let whole = steps + [name]
    let completes = use == .wroteAttributes && whole == elements
    (elements, use) = (whole, .wroteText)
    return (whole, completes ? whole.count : common)
  }
}

extension MappingRow {
  /// Whether the row makes its last element itself, for every group or node anew.
  var repeats: Bool {
    if case .rows = content { return true }
    return each != nil
  }

  /// Whether the row's rows write into the element around it: a group whose `to` is `.`.
  var isTransparent: Bool {
    guard case .rows = content, case .here = target.last else { return false }
    return true
  }
}
