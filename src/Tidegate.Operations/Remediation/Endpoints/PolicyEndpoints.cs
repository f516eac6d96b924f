using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Remediation.Endpoints;

/// <summary>Error budget policies: how each rule stands.</summary>
internal static class PolicyEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/policies", ListAsync).RequirePermission(RemediationModule.Read).WithName("listPolicies")
            .WithSummary("Error budget policies: each rule's state, since when, what it did, what it would do.").Produces<Page<PolicyStatus>>();
        api.MapGet("/policies/{name}", FindAsync).RequirePermission(RemediationModule.Read).WithName("getPolicy").WithSummary("One error budget policy.").Produces<PolicyStatus>();
        api.MapPost("/policies/{name}/rules/{rule}/reset", ResetAsync).RequirePermission(RemediationModule.Write).WithName("resetPolicyRule")
            .WithSummary("Let a rule change traffic again that did not help twice.").Produces<PolicyStatus>();
    }

    // As many as the document has: one page, in the shape of every list.
    private static async Task<IResult> ListAsync(PolicyReader policies, CancellationToken cancel) => Results.Json(new Page<PolicyStatus>(await policies.ListAsync(cancel), null), ApiJson.Options);

    private static async Task<IResult> FindAsync(PolicyReader policies, string name, CancellationToken cancel) =>
        await policies.FindAsync(name, cancel) is { } policy ? Results.Json(policy, ApiJson.Options) : None(name);

    private static async Task<IResult> ResetAsync(PolicyReader policies, string name, string rule, Actor author, CancellationToken cancel)
    {
        if (await policies.FindAsync(name, cancel) is not { } policy) return None(name);
        if (policy.Rules.All(r => r.Name != rule)) return Problems.NotFound($"rule {rule} of policy {name}", $"It has {string.Join(", ", policy.Rules.Select(r => r.Name))}.");
        await policies.ResetAsync(name, rule, author, cancel);
        return Results.Json(await policies.FindAsync(name, cancel), ApiJson.Options);
    }

    private static ProblemResult None(string name) => Problems.NotFound($"policy {name}", "'tidegate policies list' shows all.");
}
