"""The signatures that the Standard Webhooks project publishes as examples."""

import pytest

from monitor.delivery.signing import signature

VECTORS = [
    pytest.param(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        id="libraries",
    ),
    pytest.param(
        "whsec_plJ3nmyCDGBKInavdOK15jsl",
        "msg_loFOjxBNrRLzqYUf",
        1731705121,
        b'{"event_type":"ping","data":{"success":true}}',
        "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
        id="specification",
    ),
]


@pytest.mark.parametrize(("secret", "message_id", "timestamp", "body", "expected"), VECTORS)
def test_published_vector_is_reproduced(
    secret: str, message_id: str, timestamp: int, body: bytes, expected: str
) -> None:
    assert signature(secret, message_id, timestamp, body) == expected
