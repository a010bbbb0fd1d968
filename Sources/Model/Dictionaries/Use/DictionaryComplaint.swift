package import ServiceKit

/// Why a code is not valid by a dictionary, and what is to be done.
package struct DictionaryComplaint: Sendable, Equatable {
  package struct Edition: Sendable, Equatable {
    package var number: Int
    package var day: CivilDay
  }

  /// The code, if it looks like one; anything else may be a citizen's data.
  package let code: String?
  package let dictionary: DictionaryName
  /// Nil where there is none to look into.
  package let edition: Edition?
  package let standing: CodeStanding
  /// The day it was asked for.
  package let day: CivilDay

  init(
    code: String, dictionary: DictionaryName, edition: Edition?, standing: CodeStanding = .unknown, day: CivilDay
  ) {
    self.code = ShownCode.text(of: code)
    self.dictionary = dictionary
    self.edition = edition
    self.standing = standing
    self.day = day
  }

  package var messageEnglish: String {
    let shown = code.map { "The code ‘\($0)’" } ?? "A code"
    guard let edition else {
      return
        "\(shown) cannot be checked: there is no edition of the dictionary ‘\(dictionary)’ here; let a party fetch it, "
        + "or fetch it now with `lienthong dictionary fetch`."
    }
    let place = "the dictionary ‘\(dictionary)’ (edition \(edition.number) of \(edition.day))"
    return switch standing {
    case .valid, .unknown: "\(shown) is not in \(place); send a code that is valid on \(day)."
    case .begins(let first): "\(shown) holds from \(first) on by \(place); send a code that is valid on \(day)."
    case .ended(let last): "\(shown) ended on \(last) by \(place); send the code that is valid on \(day)."
    }
  }

  package var messageVietnamese: String {
    let shown = code.map { "Mã ‘\($0)’" } ?? "Mã"
    guard let edition else {
      return "\(shown) chưa kiểm tra được: chưa có danh mục ‘\(dictionary)’; cần tải danh mục về."
    }
    let place = "danh mục ‘\(dictionary)’ (bản \(edition.number) ngày \(edition.day))"
    return switch standing {
    case .valid, .unknown: "\(shown) không có trong \(place); cần gửi mã có hiệu lực ngày \(day)."
    case .begins(let first): "\(shown) chỉ có hiệu lực từ \(first) theo \(place); cần gửi mã có hiệu lực ngày \(day)."
    case .ended(let last):
      "\(shown) đã hết hiệu lực từ sau ngày \(last) theo \(place); cần gửi mã có hiệu lực ngày \(day)."
    }
  }
}
