"""The archive in object storage: the same promises as in a folder (INV-3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from django.conf import settings
from django.test import override_settings
from moto import mock_aws

from ownyourstory import archive

BUCKET = "example-documents"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket that the archive keeps its files in."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "example")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "example")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    stored = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": BUCKET, "file_overwrite": False},
    }
    with (
        mock_aws(),
        override_settings(STORAGES=settings.STORAGES | {"documents": stored}),
    ):
        client = boto3.client("s3")
        client.create_bucket(
            Bucket=BUCKET,
            CreateBucketConfiguration={"LocationConstraint": "eu-west-1"},
        )
        yield client


def _keys(bucket: Any) -> list[str]:
    return [
        item["Key"] for item in bucket.list_objects(Bucket=BUCKET).get("Contents", [])
    ]


def test_what_is_stored_is_read_back_and_stored_once(bucket: Any) -> None:
    digest = archive.store(b"%PDF one")

    assert archive.store(b"%PDF one") == digest
    assert archive.read(digest) == b"%PDF one"
    assert _keys(bucket) == [f"{digest[:2]}/{digest}"]


def test_a_changed_object_is_refused(bucket: Any) -> None:
    digest = archive.store(b"%PDF one")
    bucket.put_object(Bucket=BUCKET, Key=f"{digest[:2]}/{digest}", Body=b"%PDF two")

    with pytest.raises(archive.Damaged, match="was changed"):
        archive.read(digest)


def test_a_missing_object_is_refused(bucket: Any) -> None:
    with pytest.raises(archive.Damaged, match="is missing"):
        archive.read("0" * 64)


def test_leftovers_are_found_by_age_and_discarded(bucket: Any) -> None:
    digest = archive.store(b"%PDF one")
    now = datetime.now(UTC)

    assert list(archive.older_than(now - timedelta(hours=1))) == []
    assert list(archive.older_than(now + timedelta(hours=1))) == [digest]

    archive.discard(digest)

    assert _keys(bucket) == []
