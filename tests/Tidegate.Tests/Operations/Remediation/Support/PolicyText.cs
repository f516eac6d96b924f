namespace Tidegate.Tests.Operations.Remediation.Support;

/// <summary>Documents of policies for the objects of <see cref="PolicyNode.Shop"/>.</summary>
internal static class PolicyText
{
    /// <summary>Moves all calls of the route to one service.</summary>
    public const string Shift = "{type: split, route: shop, split: [{service: orders}]}";

    /// <summary>A policy with one rule, which is left two minutes after its budget is well.</summary>
    public static string Of(string when, string actions, string exit = "", string scope = "slos: [orders-work]") => $$"""
        ---
        apiVersion: tidegate/v1
        kind: ErrorBudgetPolicy
        metadata: {name: orders}
        spec:
          for: {{{scope}}}
          rules:
            - name: low
              when: {{{when}}}
              exit: {{{exit}}after: 2m}
              minActive: 1m
              coolDown: 10m
              lasts: 3h
              actions: [{{actions}}]

        """;
}
