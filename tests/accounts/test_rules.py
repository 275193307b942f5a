"""What is said of a second factor names first what is missing first."""

import pytest

from accounts.rules import HeldFactor, SecondFactor, judge_second_factor, mask_address

APP = HeldFactor(1, "totp")
PASSKEY = HeldFactor(2, "webauthn")
SHEET = HeldFactor(3, "recovery_codes")
CONFIRMED = HeldFactor(3, "recovery_codes", is_confirmed=True)
PASSWORD = {"method": "password", "at": 1.0}


def shown(number: int) -> dict[str, object]:
    return {"method": "mfa", "at": 2.0, "id": number}


class TestSecondFactor:
    @pytest.mark.parametrize(
        ("held", "records", "verdict"),
        [
            ([], [PASSWORD], SecondFactor.MISSING),
            ([CONFIRMED], [shown(3)], SecondFactor.MISSING),
            ([APP], [shown(1)], SecondFactor.UNCONFIRMED),
            ([APP, SHEET], [shown(1)], SecondFactor.UNCONFIRMED),
            ([APP, CONFIRMED], [], SecondFactor.NOT_SHOWN),
            ([APP, CONFIRMED], [PASSWORD], SecondFactor.NOT_SHOWN),
            ([APP, CONFIRMED], [PASSWORD, shown(1)], SecondFactor.SHOWN),
            ([PASSKEY, CONFIRMED], [shown(2)], SecondFactor.SHOWN),
            ([APP, CONFIRMED], [shown(3)], SecondFactor.SHOWN),
        ],
    )
    def test_is_judged(self, held, records, verdict):
        assert judge_second_factor(held, records) is verdict

    def test_that_was_taken_off_opens_nothing_any_more(self):
        assert judge_second_factor([APP, CONFIRMED], [shown(2)]) is SecondFactor.NOT_SHOWN


@pytest.mark.parametrize(
    ("email", "masked"),
    [
        ("resident@example.com", "re***@example.com"),
        ("kim@example.com", "k***@example.com"),
        ("a@example.com", "***@example.com"),
    ],
)
def test_an_address_is_never_shown_whole(email, masked):
    assert mask_address(email) == masked
