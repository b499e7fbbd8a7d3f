using Waybill.Engine.Acting;

namespace Waybill.RacketBook.Tenancy;

/// <summary>The words for <see cref="ActorKind"/>.</summary>
static class ActorKinds
{
    /// <summary>The word in the database and in logs.</summary>
    internal static string Word(this ActorKind kind) => kind == ActorKind.Admin ? "admin" : "stringer";
}
