import CryptographyKit
import DossierStore
import Gateway
import Glibc

/// `lienthong store copy`: the way of a site from its file to a PostgreSQL database.
enum CopyStoreCommand: Command {
  static let name = "store copy"
  static let summary = "move a stopped site's store from its SQLite file into the empty PostgreSQL database it names"
  static let options = ["--from"]
  static let help = """
    Usage: lienthong store copy SITE [--from FILE]

    SITE names its database already (`store: { engine: postgresql, … }` in gateway.yaml); its gateway is stopped. Every row
    is copied from the file in one transaction, read back from the database and compared before that transaction is
    committed: it is there wholly, or not at all. The file stays as it is; keep it as a backup.

      --from FILE   the file, where it is not lienthong.sqlite in the site's data folder

    Each line of the output is a table, its rows, and the SHA-256 of all of them, the same in both databases.

    Exit codes: 0 copied · 1 refused: the file is open elsewhere, or the database is not empty · 2 the call, the site or
    the file cannot be used · 3 a database failed, or what was read back is different
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let site = try SiteFiles.read(try arguments.words("SITE")[0])
    guard let server = site.server else {
      throw .unusable("the site names no database to copy to; say `store: { engine: postgresql, … }` in gateway.yaml")
    }
    let file = arguments.value("--from") ?? site.databaseFile
    guard access(file, R_OK | W_OK) == 0 else {
      throw .unusable("there is no store at '\(file)'; name it with --from FILE")
    }
    do throws(StoreCopyError) {
      let tables = try StoreCopy(from: file, to: server.configuration).run { Terminal.complain("copying \($0) …") }
      for table in tables {
        Terminal.print(
          table.name.padded(to: 18) + String(table.rows).padded(to: 12) + Hexadecimal.encode(table.digest))
      }
      return .success
    } catch {
      switch error.code {
      case .sourceInUse, .targetNotEmpty:
        Terminal.complain("lienthong: \(error.message)")
        return .negative
      case .different, .database: throw .failed(error.description)
      }
    }
  }
}
