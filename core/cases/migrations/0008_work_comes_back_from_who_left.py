from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_a_number_may_be_locked"),
    ]

    operations = [
        migrations.AlterField(
            model_name="caseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("OPENED", "접수"),
                    ("MOVED", "처리"),
                    ("ASSIGNED", "담당 정함"),
                    ("RELEASED", "기관을 떠나 담당이 풀림"),
                    ("NOTE", "내부 메모"),
                    ("MESSAGE", "알려 드림"),
                    ("ATTACHED", "파일 올림"),
                    ("VIEWED", "열어 봄"),
                    ("HANDED_OVER", "다른 기관으로 넘김"),
                    ("LINKED", "다른 신청과 이음"),
                    ("ESCALATED", "기한이 지나 책임자에게 알림"),
                    ("CODE_ISSUED", "접수 번호 발급"),
                    ("NAME_WRONG", "접수 번호에 다른 이름을 넣음"),
                    ("CODE_LOCKED", "다른 이름을 여러 번 넣어 접수 번호를 하루 동안 잠금"),
                    ("ERASED", "신청한 분이 개인정보를 모두 지워 끝냄"),
                ],
                max_length=12,
                verbose_name="무엇",
            ),
        ),
    ]
