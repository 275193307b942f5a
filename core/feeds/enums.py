"""The states of a run and of a correction."""

from django.db import models


class RunStatus(models.TextChoices):
    RUNNING = "RUNNING", "실행 중"
    COMPLETED = "COMPLETED", "완료"
    FAILED = "FAILED", "실패"
    REFUSED = "REFUSED", "멈춤 (확인 필요)"
    ABORTED = "ABORTED", "중단됨"
    SKIPPED = "SKIPPED", "건너뜀 (이미 실행 중)"


class ChangeOrigin(models.TextChoices):
    FEED = "FEED", "자료 수신"
    STAFF = "STAFF", "직원 수정"
