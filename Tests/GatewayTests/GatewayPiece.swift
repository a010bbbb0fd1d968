import DocumentKit
import FileKit
import GatewayTesting

/// A piece of gateway.yaml that a page of the manual shows.
struct GatewayPiece {
  let place: String
  private let text: String

  init(place: String, text: String) {
    self.place = place
    self.text = text
  }

  /// The piece with the keys that every gateway.yaml has, where it has not.
  var whole: String {
    let others = [
      "gateway: thu", "listen: 127.0.0.1:8440", "catalogue: ../..", "publicAddress: https://lienthong.example.vn",
    ]
    let lines = text.split(separator: "\n")
    return others.filter { other in !lines.contains { $0.hasPrefix(other.prefix { $0 != ":" } + ":") } }
      .map { $0 + "\n" }.joined() + text
  }

  /// Of gateway.yaml: a piece that has them is one.
  private static let keys: Set<String> = [
    "gateway", "store", "frontDoors", "intake", "retention", "procedures", "enrichments", "codes", "statistics",
    "files", "tokenLifetime", "publicAddress",
  ]

  static func ofManual() throws -> [GatewayPiece] {
    let root = TestFiles.projectRoot
    var pages = [root + "/README.md"] + FolderListing.files(in: root + "/Sources/Gateway/Gateway.docc", ending: ".md")
    for folder in try FolderListing(of: root + "/Deploy").folders {
      pages += FolderListing.files(in: "\(root)/Deploy/\(folder)", ending: ".md")
    }
    return pages.flatMap { page in
      blocks(of: String(decoding: TestFiles.read(page), as: UTF8.self)).enumerated().compactMap { number, block in
        let top = block.split(separator: "\n").filter { $0.first?.isLetter == true && $0.contains(":") }
        let keys = top.map { String($0.prefix { $0 != ":" }) }
        // A code table has a name where a gateway has a list.
        guard let first = keys.first, Self.keys.contains(first), top.first?.hasPrefix("codes: ") != true else {
          return nil
        }
        return GatewayPiece(place: "\(page) \(number)", text: block)
      }
    }
  }

  /// Blocks of code: fenced, or indented by four; a blank line begins another.
  private static func blocks(of page: String) -> [String] {
    var (blocks, block, isFenced) = ([String](), [Substring](), false)
    func end() {
      if !block.isEmpty { blocks.append(block.joined(separator: "\n") + "\n") }
      block = []
    }
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isFenced.toggle()
        end()
      } else if isFenced, !line.isEmpty {
        block.append(line)
      } else if line.hasPrefix("    ") {
        block.append(line.dropFirst(4))
      } else {
        end()
      }
    }
    end()
    return blocks
  }
}
