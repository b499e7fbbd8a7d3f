using Waybill.Testing.Real;

namespace Waybill.Server.Specs.Resend;

/// <summary>What Resend's client calls an error, checked as a whole.</summary>
internal static class Refusal
{
    public static void ShouldBeRefused(this ResendAnswer answer, int status, string name)
    {
        Assert.Null(answer.Data);
        Assert.Equal((status, name), (answer.Error?.StatusCode, answer.Error?.Name));
        Assert.False(string.IsNullOrWhiteSpace(answer.Error?.Message));
    }
}
