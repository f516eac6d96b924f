using System.Text.Json;
using Tidegate.Platform.Hosting;

namespace Tidegate.Cli;

/// <summary>Turns a refusal of the admin API into what a person needs: what, which object, which key, what to do.</summary>
internal static class AdminFailure
{
    /// <summary>Reads the problem, if the answer holds one.</summary>
    public static async Task<VerbFailure> FromAsync(HttpResponseMessage answer, AdminClient client, CancellationToken cancel)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return new(ExitCode.Failed, $"{client.Address} answered {(int)answer.StatusCode} {answer.ReasonPhrase} without saying why: this may not be Tidegate's admin address.")
            {
                Action = "Check --address; the traffic port (8080) is not the admin port (8081).",
            };
        }

        Problem? problem;
        try
        {
            problem = await answer.Content.ReadFromJsonAsync<Problem>(ApiJson.Options, cancel);
        }
        catch (JsonException)
        {
            problem = null;
        }

        // Problems of the admin API have a code; those of the traffic port, whose callers are no concern of its operators, do not.
        if (problem is null)
        {
            return new(ExitCode.Failed, $"{client.Address.GetLeftPart(UriPartial.Authority)} is not an admin port: it answered {(int)answer.StatusCode}, and not in the way of the admin API.")
            {
                Action = $"Name the admin port with --address or TIDEGATE_ADDRESS: the default is {new ProcessOptions().Admin.GetLeftPart(UriPartial.Authority)}; the traffic port (8080) is another one.",
            };
        }

        return Of(problem, client, (int)answer.StatusCode);
    }

    /// <summary>A problem that came in the middle of an answer.</summary>
    public static VerbFailure Of(Problem problem, AdminClient client) => Of(problem, client, problem.Status);

    private static VerbFailure Of(Problem problem, AdminClient client, int status) => new(ExitCodeOf(problem, status), Sentence(problem))
    {
        Parameter = problem.Path,
        Details = [.. (problem.Findings ?? []).Select(finding => finding.ToString())],
        Action = ActionOf(problem, client),
    };

    private static int ExitCodeOf(Problem problem, int status) => (status, problem.Code) switch
    {
        (401 or 403, _) => ExitCode.Refused,
        (404, _) => ExitCode.NotFound,
        (409, "gate_denies" or "split_overlaid") => ExitCode.Denied,
        // Nobody was faster: it cannot be done as it was asked for.
        (409, "no_rollout" or "no_p0_action") => ExitCode.Invalid,
        (409 or 412, _) => ExitCode.Conflict,
        (400 or 413 or 422, _) => ExitCode.Invalid,
        _ => ExitCode.Failed,
    };

    private static string Sentence(Problem problem)
    {
        // "There is no revision 17." needs no "revision 17:" before it.
        var resource = problem.Resource is { } named && !problem.Detail.Contains(named, StringComparison.Ordinal) ? named + ": " : "";
        var path = problem.Path is { } key && !problem.Detail.Contains(key, StringComparison.Ordinal) ? key + ": " : "";
        return resource + path + problem.Detail;
    }

    private static string? ActionOf(Problem problem, AdminClient client) => (problem.Status, problem.Action, problem.TraceId) switch
    {
        (_, { } action, _) => action,
        (401, _, _) when client.HasToken => "The token is not valid any more: run 'tidegate login', or set TIDEGATE_TOKEN.",
        (401, _, _) => "Run 'tidegate login', or set TIDEGATE_TOKEN.",
        (_, _, { } trace) => $"The log of the node has more under {trace}.",
        _ => null,
    };
}
