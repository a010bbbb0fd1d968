"""A one-stop system as a client of the adapter protocol, generation A, with nothing but `requests`.

It is written from the protocol's description alone and knows nothing of the gateway: what it takes for success, for "đã
tồn tại" and for an ended session is what the systems in the field take for it.

    generation_a.py SCENARIO < configuration.json

The configuration has the keys that such systems have (`adapter_url`, `auth_endpoint`, `integration_endpoint`,
`share_endpoint`, `madonvi`, `dstcode`, `username`, `password`) and, for a scenario, `mahoso`, `matthc`, `trichyeu`,
`tiendo` (the number of progress entries) and `pause` (seconds). Every call to the other side prints one line of JSON; the
exit code is 0 when the scenario came to its end.
"""

import json
import sys
import time

import requests

BATCH = 10
TIMEOUT = 60


class Refused(Exception):
    """The other side did not take what it was sent."""


def is_success(answer):
    """The number 0 and the texts "0" and "00": one-stop systems have tested for each of them."""
    code = answer.get("error_code")
    return code in ("0", "00") or (code == 0 and not isinstance(code, bool))


def is_said_to_be_done(answer):
    """The stricter rule: the code and the words."""
    return is_success(answer) and "thành công" in answer.get("message", "").lower()


def exists_already(answer):
    return str(answer.get("error_code")) in ("0", "3", "-3") and "đã tồn tại" in answer.get("message", "").lower()


class Adapter:
    """Holds the session, and logs in again once when a call fails that is not answered "đã tồn tại"."""

    def __init__(self, configuration):
        self.configuration = configuration
        self.http = requests.Session()
        self.session = None

    def post(self, endpoint, body):
        headers = {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Charset": "utf-8",
            "dstcode": self.configuration["dstcode"],
        }
        return self.http.post(
            self.configuration["adapter_url"] + self.configuration[endpoint],
            data=json.dumps(body, ensure_ascii=False).encode("utf-8"),
            headers=headers,
            timeout=TIMEOUT,
        )

    def log_in(self):
        credentials = {name: self.configuration[name] for name in ("username", "password")}
        response = self.post("auth_endpoint", credentials)
        answer = response.json()
        is_open = bool(answer.get("session")) and answer.get("error_code") == 0
        report("login", response, answer, ok=is_open)
        if not is_open:
            raise Refused("the login")
        self.session = answer["session"]

    def call(self, service, endpoint="integration_endpoint", **parameters):
        if self.session is None:
            self.log_in()
        answer = self.call_once(service, endpoint, parameters)
        if not is_success(answer) and not exists_already(answer):
            self.log_in()
            answer = self.call_once(service, endpoint, parameters)
        return answer

    def call_once(self, service, endpoint, parameters):
        body = {"session": self.session, "madonvi": self.configuration["madonvi"], "service": service, **parameters}
        response = self.post(endpoint, body)
        answer = response.json()
        more = {name: parameters[name] for name in ("isUpdating",) if name in parameters}
        if "data" in parameters:
            more["elements"] = len(parameters["data"])
        report(service, response, answer, ok=is_success(answer), **more)
        return answer


def report(step, response, answer, **more):
    line = {
        "step": step,
        "http": response.status_code,
        "type": response.headers.get("Content-Type"),
        "error_code": answer.get("error_code"),
        "message": answer.get("message"),
        "result": answer.get("result"),
        **more,
    }
    print(json.dumps(line, ensure_ascii=False), flush=True)


def procedure(adapter, configuration):
    answer = adapter.call("LayThuTuc", "share_endpoint", maTTHC=configuration["matthc"])
    if not is_success(answer) or not answer.get("result"):
        raise Refused("LayThuTuc")
    return answer["result"][0]


def dossier(configuration, found):
    """One element of `data[]`; all scalars are texts, times are local without separators, empty lists are lists."""
    field = found["LINHVUCTHUCHIEN"][0]
    return {
        "MaHoSo": configuration["mahoso"],
        "MaTTHC": found["MATTHC"],
        "TenTTHC": found["TENTTHC"],
        "MaLinhVuc": field["MALINHVUC"],
        "TenLinhVuc": field["TENLINHVUC"],
        "SoBienNhan": "",
        "KenhThucHien": "2",
        "SoGiayToChuHoSo": "001099000001",
        "ChuHoSo": "Đặng Thị Thử",
        "LoaiDoiTuong": "1",
        "MaDoiTuong": "TECHID-THU-0001",
        "ThongTinKhac": "",
        "Email": "thu@example.vn",
        "Fax": "",
        "SoDienThoai": "0900000001",
        "TrichYeuHoSo": configuration["trichyeu"],
        "NgayTiepNhan": "20260102080000",
        "NgayHenTra": "20260122170000",
        "TrangThaiHoSo": "2",
        "NgayTra": "",
        "ThongTinTra": "",
        "HinhThuc": "0",
        "NgayKetThucXuLy": "",
        "DonViXuLy": "Sở Xây dựng (thử)",
        "GhiChu": "",
        "TaiLieuNop": [],
        "DanhSachLePhi": [],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [],
        "DanhSachGiayToKetQua": [],
        "NoiNopHoSo": "2",
        "HoSoCoThanhPhanSoHoa": "0",
        "TaiKhoanDuocXacThucVoiVNeID": "1",
        "DuocThanhToanTrucTuyen": "0",
        "NgayTuChoi": "",
        "DinhDanhCHS": [{"LoaiDinhDanh": "1", "SoDinhDanh": "001099000001"}],
        "NgayNopHoSo": "20260102075500",
        "DSKetNoiCSDL": [{"MaCSDL": "7"}],
    }


def entry(code, number, status, content):
    return {
        "MaHoSo": code,
        "NguoiXuLy": "Lý Văn Mẫu",
        "ChucDanh": "",
        "ThoiDiemXuLy": "202601%02d%02d0000" % (3 + number // 8, 8 + number % 8),
        "PhongBanXuLy": "Phòng Thử nghiệm",
        "NoiDungXuLy": content,
        "TrangThai": status,
        "NgayBatDau": "",
        "NgayKetThucTheoQuyDinh": "",
    }


def progress(adapter, configuration):
    """A reception, the history and an end, ten entries a call."""
    code, count = configuration["mahoso"], configuration["tiendo"]
    entries = [entry(code, 0, "2", "Tiếp nhận hồ sơ")]
    entries += [entry(code, number, "4", "Xử lý bước %d" % number) for number in range(1, count - 1)]
    entries += [entry(code, count - 1, "9", "Đã xử lý xong")]
    for start in range(0, count, BATCH):
        answer = adapter.call("CapNhatTienDoHoSoMC", data=entries[start : start + BATCH])
        if "thành công" not in json.dumps(answer, ensure_ascii=False).lower():
            raise Refused("CapNhatTienDoHoSoMC")


def ask_then_send(adapter, configuration):
    """Asks whether the dossier is there, creates or updates it accordingly, then tells its progress."""
    data = [dossier(configuration, procedure(adapter, configuration))]
    looked_up = adapter.call("TraCuuHoSo", mahoso=configuration["mahoso"])
    is_there = is_success(looked_up) and bool(looked_up.get("result"))
    if not is_success(adapter.call("DongBoHoSoMC", isUpdating="True" if is_there else "False", data=data)):
        raise Refused("DongBoHoSoMC")
    progress(adapter, configuration)


def create_then_update(adapter, configuration):
    """Creates, and on "đã tồn tại" sends the same body as an update, then tells the progress."""
    data = [dossier(configuration, procedure(adapter, configuration))]
    answer = adapter.call("DongBoHoSoMC", isUpdating="False", data=data)
    if exists_already(answer):
        answer = adapter.call("DongBoHoSoMC", isUpdating="True", data=data)
    if not is_said_to_be_done(answer):
        raise Refused("DongBoHoSoMC")
    progress(adapter, configuration)


def look_up_after_pause(adapter, configuration):
    """Keeps its session for longer than the other side does."""
    adapter.log_in()
    time.sleep(configuration["pause"])
    if not is_success(adapter.call("TraCuuHoSo", mahoso=configuration["mahoso"])):
        raise Refused("TraCuuHoSo")


SCENARIOS = {
    "ask-then-send": ask_then_send,
    "create-then-update": create_then_update,
    "look-up-after-pause": look_up_after_pause,
}


def main():
    configuration = json.load(sys.stdin)
    try:
        SCENARIOS[sys.argv[1]](Adapter(configuration), configuration)
    except Refused as refused:
        sys.exit("not taken: %s" % refused)


if __name__ == "__main__":
    main()
