using Waybill.Books.Verbs;
using Waybill.Engine.Accounts;
using Waybill.Server.Admin.Access;
using Waybill.Server.Http;

namespace Waybill.Server.Commands;

/// <summary><c>waybill people reset ADDRESS</c>: the way back in for who cannot be sent a mail.</summary>
internal static class PeopleVerb
{
    public static Verb Verb { get; } = new(
        "people reset", "Makes a link by which somebody chooses a new password, and shows it, once.", RunAsync)
    {
        Parameters = [new VerbParameter.Argument("address", "The email address of their account.")],
    };

    static async Task<VerbAnswer> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        if (await call.Services.GetRequiredService<PasswordResets>().MakeLinkAsync(call["address"]!, cancellationToken) is not { } made)
            return VerbAnswer.Refuse(
                $"Nobody here has the address '{call["address"]!.ReplaceLineEndings(" ")}'. As long as nobody owns this Waybill, each start prints a link that makes the owner.");
        var until = FormattableString.Invariant($"{made.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}");
        return VerbAnswer.Say(
            [$"{call.Services.GetRequiredService<PublicAddress>().Url}{ResetPages.Path}/{made.Secret}"],
            notes: $"{made.Person.Email} chooses a new password there: once, until {until}. A second factor is asked for as before.\n");
    }
}
