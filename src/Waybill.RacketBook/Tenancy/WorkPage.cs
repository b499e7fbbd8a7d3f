using Microsoft.AspNetCore.Builder;

namespace Waybill.RacketBook.Tenancy;

/// <summary>Marks a page that is a form and nothing else: who only reads in a book has nothing to look for there.</summary>
sealed record WorkPage;

/// <summary>The word by which routes say so.</summary>
static class WorkPageRoutes
{
    internal static TBuilder ForWork<TBuilder>(this TBuilder route) where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new WorkPage());
}
