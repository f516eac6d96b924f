using Tidegate.Core.Prompts;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Gateway.Models.Faces;
using Tidegate.Models.Prompts;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Prompts;

/// <summary>A version of a prompt as calls see it: its templates are parsed, and it is spoken to by a face of its own.</summary>
internal sealed class PromptVersionModel
{
    /// <summary>Makes it.</summary>
    /// <param name="prompt">Name of the prompt.</param>
    /// <param name="owner">What the document says of the prompt.</param>
    /// <param name="config">What it says of this version.</param>
    /// <param name="program">Its templates and variables.</param>
    public PromptVersionModel(string prompt, PromptConfig owner, PromptVersionConfig config, PromptProgram program)
    {
        (Owner, Config, Program) = (owner, config, program);
        Format = new PromptFormat(prompt, config.Version, config.Output is not null);
        // The word keeps answers of versions apart in caches: they say whose they are.
        Face = new Face(ModelOperation.Chat, Format) { Word = $"prompt:{prompt}:{config.Version}", Prompt = this, ErrorMediaType = "application/problem+json" };
    }

    /// <summary>What the document says of the prompt.</summary>
    public PromptConfig Owner { get; }

    /// <summary>What it says of this version.</summary>
    public PromptVersionConfig Config { get; }

    /// <summary>Templates and variables.</summary>
    public PromptProgram Program { get; }

    /// <summary>How callers are answered.</summary>
    public PromptFormat Format { get; }

    /// <summary>What callers speak.</summary>
    public Face Face { get; }
}
