using System.CommandLine;
using Tidegate.Cli;
using Tidegate.Core.Resources.Reading;
using Tidegate.Platform.ConfigStore;

namespace Tidegate.Verbs;

/// <summary>What <c>plan</c>, <c>apply</c> and <c>validate</c> are given: files, and how to take them.</summary>
internal sealed class CandidateArguments
{
    private readonly Argument<string> _path = new("path") { Description = "File or directory of *.yaml, *.yml and *.json; - reads YAML from standard input" };
    private readonly Option<bool> _partial = new("--partial") { Description = "Objects the files do not name stay; without it they are removed" };
    private readonly Option<bool> _allowEmpty = new("--allow-empty") { Description = "Files without any object are meant: everything is removed" };
    private readonly Option<bool> _lenient = new("--lenient") { Description = "Forgive OpenSLO files what files in the wild get wrong; every case is a warning" };
    private readonly Option<long?> _parent = new("--parent") { Description = "Refuse when another revision than this one is in force", HelpName = "number" };

    public CandidateArguments(Command verb, bool offline = false)
    {
        verb.Arguments.Add(_path);
        verb.Options.Add(_lenient);
        if (offline) return;
        verb.Options.Add(_partial);
        verb.Options.Add(_allowEmpty);
        verb.Options.Add(_parent);
    }

    /// <summary>The texts.</summary>
    public IReadOnlyList<SourceText> Texts(VerbContext context)
    {
        var path = context.Get(_path)!;
        if (path == "-") return [new SourceText("standard input", context.Terminal.In.ReadToEnd())];
        try
        {
            var texts = ConfigDirectory.Read(path);
            return texts.Count > 0 ? texts : throw new VerbFailure(ExitCode.Usage, $"There is no *.yaml, *.yml or *.json below {path}.") { Action = "An empty directory would remove everything: name the right one." };
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.Usage, $"Cannot read {path}: {unreadable.Message}");
        }
    }

    /// <summary>Files of OpenSLO are read leniently.</summary>
    public bool Lenient(VerbContext context) => context.Get(_lenient);

    /// <summary>Path of plan or apply with what is asked beside the body.</summary>
    public string Path(VerbContext context, string path) => AdminPath.Of(path, ("lenient", Lenient(context) ? "true" : null));

    /// <summary>The body of plan and apply.</summary>
    public CandidateBody Body(VerbContext context, string message) =>
        new([.. Texts(context).Select(t => new FileBody(t.Name, t.Text))], context.Get(_partial), context.Get(_allowEmpty), context.Get(_parent), message);

    /// <summary>What is sent.</summary>
    internal sealed record CandidateBody(IReadOnlyList<FileBody> Files, bool Partial, bool AllowEmpty, long? Parent, string Message);

    /// <summary>One file of it.</summary>
    internal sealed record FileBody(string Name, string Text);
}
