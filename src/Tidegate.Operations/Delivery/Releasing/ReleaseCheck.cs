using Tidegate.Platform.Hosting;

namespace Tidegate.Operations.Delivery.Releasing;

/// <summary>What is told of a release is short and whole.</summary>
internal static class ReleaseCheck
{
    private const int Longest = 200, LongestText = 2000;

    public static void Assert(ReleaseRequest request)
    {
        Word("service", request.Service);
        Word("version", request.Version);
        Text("change", request.Change, Longest);
        Text("commit", request.Commit, Longest);
        Text("message", request.Message, LongestText);
        if (request.Url is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https") || url.OriginalString.Length > LongestText))
            throw new ProblemException(Problems.BadRequest("url", "The url is not one of http or https.", "Give the address of the pipeline or the change, or leave it out.").Problem);
    }

    public static void Assert(ReleaseFinish finish)
    {
        Text("message", finish.Message, LongestText);
        if (finish.Result is not (ReleaseState.Succeeded or ReleaseState.Failed or ReleaseState.RolledBack))
            throw new ProblemException(Problems.BadRequest("result", "A release does not end that way.", "Use succeeded, failed or rolled_back.").Problem);
    }

    private static void Word(string path, string value)
    {
        if (string.IsNullOrWhiteSpace(value)) throw new ProblemException(Problems.BadRequest(path, $"A release needs a {path}.").Problem);
        Text(path, value, Longest);
    }

    private static void Text(string path, string value, int longest) => RequestText.Assert(path, value, longest);
}
