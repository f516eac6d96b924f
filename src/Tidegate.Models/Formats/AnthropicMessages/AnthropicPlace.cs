namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Places that serve the format; they differ in where the version and the model stand.</summary>
public enum AnthropicPlace
{
    /// <summary>Anthropic's API and those that copy it: model in the body, version in a header.</summary>
    Anthropic,

    /// <summary>Vertex AI: model in the path, version in the body.</summary>
    Vertex,

    /// <summary>Bedrock's InvokeModel: model and streaming in the path, version in the body, stream in AWS framing.</summary>
    Bedrock,
}
