using System.Buffers.Binary;

namespace Waybill.Documents.Pictures;

/// <summary>A JPEG (ITU-T T.81) goes into a PDF as it is; what must be known is in its frame header.</summary>
static class JpegReader
{
    const byte Scan = 0xda, Adobe = 0xee;

    internal static ReadOnlySpan<byte> Signature => [0xff, 0xd8, 0xff];

    internal static PictureReading Read(ReadOnlySpan<byte> file)
    {
        var isAdobe = false;
        for (var at = 2; at + 9 < file.Length && file[at] == 0xff;)
        {
            var marker = file[at + 1];
            if (marker == 0xff)
            {
                at++;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            isAdobe |= marker == Adobe;
            if (IsFrame(marker)) return ReadFrame(file, marker, file[(at + 4)..], isAdobe);
            if (marker == Scan) break;
            at += 2 + length;
        }

        return PictureReading.Wrong("it is a JPEG without a frame: it may have been cut off");
    }

    static PictureReading ReadFrame(ReadOnlySpan<byte> file, byte marker, ReadOnlySpan<byte> frame, bool isAdobe)
    {
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        if (Picture.Objection(width, height) is { } objection) return PictureReading.Wrong(objection);
        // Baseline, extended and progressive, in octets: what ISO 32000-1 §7.4.8 has a reader know.
        if (marker > 0xc2 || frame[0] != 8) return PictureReading.Wrong("it is a JPEG of a rare kind: save it as a baseline JPEG");
        if (!Ends(file)) return PictureReading.Wrong("it is a JPEG that was cut off: its end is missing");
        var colours = frame[5] switch
        {
            1 => "/ColorSpace/DeviceGray",
            3 => "/ColorSpace/DeviceRGB",
            4 => "/ColorSpace/DeviceCMYK" + (isAdobe ? "/Decode[1 0 1 0 1 0 1 0]" : ""),
            _ => null
        };
        return colours is null
            ? PictureReading.Wrong($"it has {frame[5]} colour channels; 1, 3 and 4 can be printed")
            : new PictureReading.Readable(new Picture(width, height, $"{colours}/BitsPerComponent 8/Filter/DCTDecode", file.ToArray()));
    }

    /// <summary>SOF0 to SOF15 but for DHT, JPG and DAC, which share their range.</summary>
    static bool IsFrame(byte marker) => marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc);

    static bool Ends(ReadOnlySpan<byte> file) => file.LastIndexOf([(byte)0xff, (byte)0xd9]) > 0;
}
