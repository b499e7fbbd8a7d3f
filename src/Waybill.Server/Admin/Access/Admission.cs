using Waybill.Engine.Accounts;

namespace Waybill.Server.Admin.Access;

/// <summary>What a route under /admin asks of who comes. One that says nothing is a defect, and lets nobody in.</summary>
internal abstract record Admission
{
    private Admission() { }

    /// <summary>Nothing: it leads to a session.</summary>
    public sealed record Open : Admission;

    /// <summary>A session, whatever its roles.</summary>
    public sealed record SignedIn : Admission;

    /// <summary>A role that allows it: in the tenant of the path, or, where there is none, in the whole instance.</summary>
    public sealed record Allowed(Permit Permit) : Admission;
}

/// <summary>The words by which routes say so.</summary>
internal static class AdmissionRoutes
{
    /// <summary>For those whose role allows it.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, Permit permit)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Admission.Allowed(permit));

    /// <summary>For whoever is signed in.</summary>
    public static TBuilder ForSignedIn<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Admission.SignedIn());

    /// <summary>For everybody.</summary>
    public static TBuilder ForEverybody<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Admission.Open());
}
