"""Files as people send them: a photograph that says where it was taken, a PDF that does things."""

import io
from functools import cache

import pikepdf
from PIL import Image

PLACE = "우리 집 앞에서"


@cache
def photograph(form="JPEG", size=(40, 20)):
    image = Image.new("RGB", size, "red")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "secret-place"
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    written = io.BytesIO()
    image.save(written, form, exif=exif, quality=90)
    return written.getvalue()


@cache  # the same bytes each time, which are cleaned once
def document(*, password="", pages=1):
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(200, 200))
    pdf.docinfo["/Author"] = "secret-author"
    with pdf.open_metadata() as told:
        told["dc:creator"] = ["secret-author"]
    run = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('secret-script')")
    pdf.Root.OpenAction = pdf.make_indirect(run)
    pdf.Root.AA = pikepdf.Dictionary(WC=run)
    pdf.attachments["secret-file.txt"] = b"secret-content"
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="secret-program"),
    )
    page = pdf.pages[0]
    page.Annots = pikepdf.Array([link])
    picture = pikepdf.Stream(pdf, photograph())
    picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    picture.Width, picture.Height, picture.BitsPerComponent = 40, 20, 8
    picture.ColorSpace, picture.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
    written = io.BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    # Nothing is compressed, so that a test finds by eye what is in it.
    pdf.save(
        written,
        encryption=encryption,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return written.getvalue()
