namespace Waybill.RacketBook.Tenancy;

/// <summary>As what somebody acts.</summary>
public enum ActorKind
{
    /// <summary>As the stringer whose book it is.</summary>
    Stringer,

    /// <summary>As an admin in the book of another, which is written down.</summary>
    Admin,
}

/// <summary>The words for <see cref="ActorKind"/>.</summary>
public static class ActorKinds
{
    /// <summary>The word in the database and in logs.</summary>
    public static string Word(this ActorKind kind) => kind == ActorKind.Admin ? "admin" : "stringer";
}
