using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>Retries are for statuses that another attempt can change.</summary>
internal sealed class RetryStatusRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        var statuses = spec.Resilience.Retry.Statuses;
        for (int i = 0; i < statuses.Count; i++)
        {
            var path = $"spec.resilience.retry.statuses[{i}]";
            if (statuses[i] is < 400 or > 599) scope.Error("out_of_range", path, $"{statuses[i]} is no failure: expected 400 to 599.");
            else if (statuses[i] is 400 or 401 or 403 or 404 or 405 or 413 or 422) scope.Warning("hopeless_retry", path, $"{statuses[i]} stays {statuses[i]} however often the call is made.");
        }
    }
}
