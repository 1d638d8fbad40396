"""A file under a passphrase opens whole or not at all."""

import io

import pytest

from tadamun.cli.copies.envelope import CHUNK, TAG, CannotOpen, SealedReader, SealedWriter

PASSPHRASE = "four plain words here"  # noqa: S105
HEAD = 17 + 1 + 16 + 7


def sealed(data):
    target = io.BytesIO()
    with SealedWriter(target, passphrase=PASSPHRASE) as writer:
        writer.write(data)
    return target.getvalue()


def opened(data, passphrase=PASSPHRASE):
    return SealedReader(io.BytesIO(data), passphrase=passphrase).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_gives_back_what_was_put_in(size):
    data = bytes(i % 251 for i in range(size))

    assert opened(sealed(data)) == data


def test_the_same_text_looks_different_each_time():
    assert sealed(b"text") != sealed(b"text")


def test_another_passphrase_opens_nothing():
    with pytest.raises(CannotOpen):
        opened(sealed(b"text"), "four other words here")


def changed_bit(data):
    return data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]


def without_the_last_chunk(data):
    return data[: HEAD + CHUNK + TAG]


def cut_in_a_chunk(data):
    return data[:-5]


def two_chunks_swapped(data):
    first, second = data[HEAD : HEAD + CHUNK + TAG], data[HEAD + CHUNK + TAG : HEAD + 2 * (CHUNK + TAG)]
    return data[:HEAD] + second + first + data[HEAD + 2 * (CHUNK + TAG) :]


def something_appended(data):
    return data + b"x"


def hungry_for_memory(data):
    return data[:17] + bytes([60]) + data[18:]


@pytest.mark.parametrize(
    "harm",
    [changed_bit, without_the_last_chunk, cut_in_a_chunk, two_chunks_swapped, something_appended, hungry_for_memory],
)  # fmt: skip
def test_a_harmed_file_does_not_open(harm):
    with pytest.raises(CannotOpen):
        opened(harm(sealed(bytes(3 * CHUNK - 100))))
