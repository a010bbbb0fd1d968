/// A finding's sentence in both languages.
struct JSONSchemaSentence {
  let english: String
  let vietnamese: String

  init(_ english: String, _ vietnamese: String) {
    self.english = english
    self.vietnamese = vietnamese
  }

  // MARK: Any value

  static let nothingAllowed = JSONSchemaSentence(
    "nothing is allowed here; remove it", "không được phép có giá trị ở đây; hãy bỏ đi")

  static func type(_ types: JSONSchemaTypes) -> JSONSchemaSentence {
    let names = types.names
    return JSONSchemaSentence(
      "must be of type \(names.map(\.english).joined(separator: " or "))",
      "phải có kiểu \(names.map(\.vietnamese).joined(separator: " hoặc "))")
  }

  static func constant(_ rules: JSONSchemaConstantRules) -> JSONSchemaSentence {
    rules.keyword == "const"
      ? JSONSchemaSentence("is not the one value allowed here", "không đúng giá trị duy nhất được phép")
      : JSONSchemaSentence(
        "is not one of the \(rules.count) values allowed here", "không thuộc \(rules.count) giá trị được phép")
  }

  // MARK: Strings and numbers

  static func shorter(than minimum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence("must have at least \(minimum) characters", "phải có ít nhất \(minimum) ký tự")
  }

  static func longer(than maximum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence("must have at most \(maximum) characters", "chỉ được có tối đa \(maximum) ký tự")
  }

  static let pattern = JSONSchemaSentence(
    "does not have the form its pattern demands", "không đúng mẫu (pattern) quy định")

  static func format(_ format: JSONSchemaFormat) -> JSONSchemaSentence {
    JSONSchemaSentence("is not of the format \(format.rawValue)", "không đúng định dạng \(format.rawValue)")
  }

  static func bound(_ bound: JSONSchemaNumberRules.Bound) -> JSONSchemaSentence {
    switch (bound.isLower, bound.isExclusive) {
    case (true, false):
      JSONSchemaSentence("must be at least \(bound.text)", "phải lớn hơn hoặc bằng \(bound.text)")
    case (true, true): JSONSchemaSentence("must be more than \(bound.text)", "phải lớn hơn \(bound.text)")
    case (false, false):
      JSONSchemaSentence("must be at most \(bound.text)", "phải nhỏ hơn hoặc bằng \(bound.text)")
    case (false, true): JSONSchemaSentence("must be less than \(bound.text)", "phải nhỏ hơn \(bound.text)")
    }
  }

  static func multiple(of divisor: String) -> JSONSchemaSentence {
    JSONSchemaSentence("must be a multiple of \(divisor)", "phải là bội số của \(divisor)")
  }

  // MARK: Objects

  static func missing(_ name: String) -> JSONSchemaSentence {
    JSONSchemaSentence("the required member \"\(name)\" is missing", "thiếu trường bắt buộc \"\(name)\"")
  }

  static func missing(_ name: String, dueTo trigger: String) -> JSONSchemaSentence {
    JSONSchemaSentence(
      "the member \"\(name)\" is missing, which \"\(trigger)\" demands",
      "thiếu trường \"\(name)\", bắt buộc khi có trường \"\(trigger)\"")
  }

  static let unknownMember = JSONSchemaSentence(
    "the schema knows no member of this name; remove it or correct its name",
    "trường này không có trong quy định; hãy bỏ hoặc sửa lại tên trường")

  static let memberName = JSONSchemaSentence("the name of this member is not allowed", "tên trường này không hợp lệ")

  static func fewerMembers(than minimum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence("must have at least \(minimum) members", "phải có ít nhất \(minimum) trường")
  }

  static func moreMembers(than maximum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence("must have at most \(maximum) members", "chỉ được có tối đa \(maximum) trường")
  }

  // MARK: Arrays

  static let extraElement = JSONSchemaSentence(
    "the list has no place for this element; remove it", "danh sách không được có phần tử này; hãy bỏ đi")

  static func fewerElements(than minimum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence("must have at least \(minimum) elements", "phải có ít nhất \(minimum) phần tử")
  }

  static func moreElements(than maximum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence("must have at most \(maximum) elements", "chỉ được có tối đa \(maximum) phần tử")
  }

  static let repeatedElement = JSONSchemaSentence(
    "is equal to an earlier element; each may come only once",
    "trùng với phần tử trước; mỗi phần tử chỉ được có một lần")

  static func fewerMatches(than minimum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence(
      "must contain at least \(minimum) elements of the kind described",
      "phải có ít nhất \(minimum) phần tử theo quy định")
  }

  static func moreMatches(than maximum: Int) -> JSONSchemaSentence {
    JSONSchemaSentence(
      "must contain at most \(maximum) elements of the kind described",
      "chỉ được có tối đa \(maximum) phần tử theo quy định")
  }

  // MARK: Combinations

  static func noAlternative(of count: Int) -> JSONSchemaSentence {
    JSONSchemaSentence(
      "fits none of the \(count) alternatives allowed here",
      "không khớp phương án nào trong \(count) phương án được phép")
  }

  static let severalAlternatives = JSONSchemaSentence(
    "fits more than one alternative where exactly one must fit", "khớp nhiều phương án, chỉ được khớp đúng một")

  static let forbidden = JSONSchemaSentence("has a form that is forbidden here", "có dạng không được phép ở đây")

  // MARK: Limits

  static let patternTooCostly = JSONSchemaSentence(
    "pattern too costly: checking this text took more steps than allowed",
    "mẫu (pattern) quá tốn kém: kiểm tra chuỗi này vượt quá số bước cho phép")

  static func tooDeep(_ limit: Int) -> JSONSchemaSentence {
    JSONSchemaSentence(
      "validation stopped: schemas apply to one another more than \(limit) levels deep",
      "dừng kiểm tra: lược đồ lồng nhau quá \(limit) cấp")
  }

  static func tooManySteps(_ limit: Int) -> JSONSchemaSentence {
    JSONSchemaSentence(
      "validation stopped: more than \(limit) steps were needed", "dừng kiểm tra: cần quá \(limit) bước")
  }
}
