"""`misinfo train`."""
def test_x(misinfo, labelled, here):
    r = misinfo("train", labelled, "--out", "m")
    print(r.text[:3000], r.err); assert r.code == 0
def test_y(misinfo, small_model, article):
    for f in ("text","jsonl"):
        r = misinfo("score", "--model", small_model, article, "--format", f)
        print(r.text[:3000], r.err)
    assert r.code == 0
