package import DocumentKit

extension Sentence {
  /// Whether each language says something of its own; the Vietnamese sentence is looked at without what it quotes in ‘…’.
  package var isInBothLanguages: Bool {
    !english.isEmpty && english != vietnamese && Self.hasVietnameseLetter(vietnamese)
  }

  private static func hasVietnameseLetter(_ text: String) -> Bool {
    var depth = 0
    for character in text {
      switch character {
      case "‘": depth += 1
      case "’": depth -= 1
      default: if depth == 0, letters.contains(character) { return true }
      }
    }
    return false
  }

  private static let letters = Set(
    "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯÀẢÃÁẠẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ"
  )
}
