namespace Waybill.Documents.Specs.Pictures;

/// <summary>The beginning of a JPEG: what its reader looks at.</summary>
static class MadeJpeg
{
    internal static byte[] FrameOf(byte width, byte height, int channels) =>
    [
        0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0,
        0xff, 0xc0, 0, (byte)(8 + 3 * channels), 8, 0, height, 0, width, (byte)channels,
        .. Enumerable.Range(1, channels).SelectMany(id => new byte[] { (byte)id, 0x11, 0 }),
    ];
}
